// node verify.mjs FILE [ADDRESS]: one line of JSON, {"verified": bool, "errors": [text, ...]}
import {readFile} from 'node:fs/promises';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {loaderFor} from './loading.mjs';

const [file, address] = process.argv.slice(2);

function reasons(error) {
  return error === undefined ? [] : [error.errors ?? error].flat().map(each => each.message ?? String(each));
}

async function answer() {
  const credential = JSON.parse(await readFile(file, 'utf8'));
  const suite = new DataIntegrityProof({cryptosuite});
  const {verified, error} = await vc.verifyCredential({credential, suite, documentLoader: loaderFor(address)});
  return {verified, errors: reasons(error)};
}

console.log(JSON.stringify(await answer().catch(error => ({verified: false, errors: reasons(error)}))));
