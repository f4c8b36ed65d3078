// node sign.mjs FILE METHOD SEED: the credential in FILE, signed by the seed (hex) under METHOD (DID#fragment)
import {readFile} from 'node:fs/promises';
import * as vc from '@digitalbazaar/vc';
import * as ed25519 from '@digitalbazaar/ed25519-multikey';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {loaderFor} from './loading.mjs';

const [file, method, seed] = process.argv.slice(2);

const credential = JSON.parse(await readFile(file, 'utf8'));
const [controller] = method.split('#');
const key = await ed25519.generate({id: method, controller, seed: Buffer.from(seed, 'hex')});
const suite = new DataIntegrityProof({signer: key.signer(), cryptosuite});

console.log(JSON.stringify(await vc.issue({credential, suite, documentLoader: loaderFor()})));
