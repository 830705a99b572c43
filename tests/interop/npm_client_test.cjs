// Another Selling Partner API client that others wrote for the real Amazon, against the simulated
// one: it logs in, lists, fetches and downloads. It knows only Amazon's own host names and TLS, so
// the one thing that is changed about it is where its connections lead.
//
// usage: node npm_client_test.cjs AMAZON_SIMULATOR

const assert = require('node:assert');
const { spawn } = require('node:child_process');
const http = require('node:http');
const https = require('node:https');
const readline = require('node:readline');
const { after, before, test } = require('node:test');
const SellingPartner = require('amazon-sp-api');

const PROGRAM = process.argv[2];
const TYPE = 'GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2';
const US = 'ATVPDKIKX0DER';
const SETTLEMENTS = 3;
const DAY = 24 * 60 * 60 * 1000;

const facts = {};
let simulator;

before(async () => {
  const anchor = new Date(Date.now() - (14 * SETTLEMENTS + 2) * DAY).toISOString().slice(0, 10);
  simulator = spawn(PROGRAM, ['--rows', '40', '--settlements', SETTLEMENTS, '--anchor', anchor]);
  for await (const line of readline.createInterface({ input: simulator.stdout })) {
    const [name, value] = line.split(/ {2,}/);
    facts[name] = value;
    if (name === 'seller') break;
  }
  const port = new URL(facts.address).port;
  https.request = (options, then) =>
    http.request({ ...options, port, hostname: '127.0.0.1',
                   headers: { ...options.headers, host: options.hostname } }, then);
});

after(() => simulator.kill());

function client(changed = {}) {
  return new SellingPartner({
    region: changed.region || 'na',
    refresh_token: facts['refresh token'],
    credentials: {
      SELLING_PARTNER_APP_CLIENT_ID: facts['client id'],
      SELLING_PARTNER_APP_CLIENT_SECRET: changed.secret || facts['client secret'],
    },
    endpoints_versions: { reports: '2021-06-30' },
    options: { auto_request_throttled: false },
  });
}

function list(query) {
  return client().callAPI({ operation: 'reports.getReports', query });
}

const all = () => list({ reportTypes: [TYPE], marketplaceIds: [US] });

test('the seller is known by his marketplaces', async () => {
  const found = await client().callAPI({ operation: 'sellers.getMarketplaceParticipations' });
  assert.deepEqual(found.map((one) => one.marketplace.id), [US]);
  assert.equal(found[0].marketplace.defaultCurrencyCode, 'USD');
  assert.equal(found[0].participation.isParticipating, true);
});

test('reports are listed page by page', async () => {
  const first = await list({ reportTypes: [TYPE], pageSize: 2 });
  const rest = await list({ nextToken: first.nextToken });
  const ids = [...first.reports, ...rest.reports].map((one) => one.reportId);
  assert.equal(first.reports.length, 2);
  assert.equal(new Set(ids).size, SETTLEMENTS);
  assert.equal(rest.nextToken, undefined);
});

test('a report is fetched by its id', async () => {
  const [listed] = (await all()).reports;
  const fetched = (reportId) =>
    client().callAPI({ operation: 'reports.getReport', path: { reportId } });
  assert.deepEqual(await fetched(listed.reportId), listed);
  await assert.rejects(fetched('1'), { code: 'NotFound' });
});

function cents(text) {
  assert.match(text, /^-?\d+\.\d\d$/);
  return BigInt(text.replace('.', ''));
}

test('documents are downloaded and add up', async () => {
  const packed = new Set();
  const caller = client();
  for (const { reportDocumentId } of (await all()).reports) {
    const details = await caller.callAPI({ operation: 'reports.getReportDocument',
                                           path: { reportDocumentId } });
    packed.add(details.compressionAlgorithm);
    const [header, summary, ...rows] = (await caller.download(details))
      .trimEnd().split('\n').map((line) => line.split('\t'));
    assert.equal(header[0], 'settlement-id');
    const amount = header.indexOf('amount');
    assert.equal(rows.reduce((sum, row) => sum + cents(row[amount]), 0n),
                 cents(summary[header.indexOf('total-amount')]));
  }
  assert.deepEqual(packed, new Set(['GZIP', undefined]));
});

test('a settlement report cannot be requested', async () => {
  const asked = client().callAPI({ operation: 'reports.createReport',
                                   body: { reportType: TYPE, marketplaceIds: [US] } });
  await assert.rejects(asked, { code: 'InvalidInput', message: /not allowed at this time/ });
});

test('another region is denied', async () => {
  const asked = client({ region: 'eu' })
    .callAPI({ operation: 'sellers.getMarketplaceParticipations' });
  await assert.rejects(asked, { code: 'Unauthorized' });
});

test('a wrong secret is refused by Login with Amazon', async () => {
  const asked = client({ secret: 'wrong' })
    .callAPI({ operation: 'sellers.getMarketplaceParticipations' });
  await assert.rejects(asked, { code: 'invalid_client' });
});

test('the quota is kept to Amazon\'s burst', async () => {
  await assert.rejects(async () => {
    for (let i = 0; i <= 10; i += 1) await all();
  }, { code: 'QuotaExceeded' });
});
