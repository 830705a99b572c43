// Prism as a validating proxy: a client speaks to it as if it were Amazon, it asks the simulator,
// and holds every request and every answer against Amazon's own models.
//
// usage: node prism_proxy.cjs UPSTREAM UNMODELLED MODEL...
//
// Prints its address, then one line of JSON for every exchange: method, path, query, status and
// `violations`, as Prism found them. Paths that begin as one of UNMODELLED, separated by commas,
// are passed through unseen. Ends when its standard input does.

const http = require('node:http');
const { createLogger } = require('@stoplight/prism-core');
const { getHttpOperationsFromSpec } = require('@stoplight/prism-http');
const { createServer } = require('@stoplight/prism-http-server');

const [UPSTREAM, UNMODELLED, ...MODELS] = process.argv.slice(2);
const VIOLATIONS = 'sl-violations';

function body_of(message) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    message.on('data', (chunk) => chunks.push(chunk));
    message.on('end', () => resolve(Buffer.concat(chunks)));
    message.on('error', reject);
  });
}

function ask(address, request, body) {
  return new Promise((resolve, reject) => {
    const options = { method: request.method, headers: request.headers };
    const asked = http.request(address + request.url, options, async (answer) => {
      resolve({ status: answer.statusCode, headers: answer.headers, body: await body_of(answer) });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

// What Prism says about an exchange. When it can match neither the path nor the status with a
// model it answers itself, with a problem.
function violations_of({ headers, body }) {
  const found = headers[VIOLATIONS] || '';
  if (found.startsWith('[')) return JSON.parse(found);
  if (found) return [{ location: ['model'], severity: 'Error', message: found }];  // cut off
  if (!(headers['content-type'] || '').startsWith('application/problem+json')) return [];
  const problem = JSON.parse(body);
  return [{ location: ['model'], severity: 'Error', message: `${problem.title}` }];
}

function tell(request, answer, violations) {
  const url = new URL(request.url, 'http://proxy');
  console.log(JSON.stringify({ method: request.method, path: url.pathname,
                               query: Object.fromEntries(url.searchParams),
                               status: answer.status, violations }));
}

async function relay(prism, request, response) {
  const body = await body_of(request);
  const modelled = !UNMODELLED.split(',').some((path) => request.url.startsWith(path));
  const answer = await ask(modelled ? prism : UPSTREAM, request, body);
  if (modelled) tell(request, answer, violations_of(answer));
  delete answer.headers[VIOLATIONS];
  delete answer.headers['transfer-encoding'];
  delete answer.headers['content-length'];
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

async function start_prism() {
  const operations = [];
  for (const model of MODELS) operations.push(...await getHttpOperationsFromSpec(model));
  const server = createServer(operations, {
    cors: false,
    components: { logger: createLogger('prism', undefined, { write() {} }) },
    config: { isProxy: true, upstream: new URL(UPSTREAM), validateRequest: true,
              validateResponse: true, checkSecurity: true, errors: false,
              upstreamProxy: undefined, mock: {} },
  });
  return server.listen(0, '127.0.0.1');
}

async function main() {
  const prism = await start_prism();
  const front = http.createServer((request, response) => {
    relay(prism, request, response).catch((error) => {
      console.error(error);
      response.destroy();
    });
  });
  front.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${front.address().port}`));
  process.stdin.on('end', () => process.exit(0)).resume();
}

main();
