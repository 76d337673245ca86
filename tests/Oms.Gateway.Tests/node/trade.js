// Places an order on one account and tries another: `node trade.js PORT CA_FILE TOKEN ACCOUNT OTHER_ACCOUNT PROTO_FOLDER`.
// Prints one JSON object: what became of the order, of the stream, and of the account without a grant.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const [port, caFile, token, account, otherAccount, protoFolder] = process.argv.slice(2);

const definition = loader.loadSync(path.join(protoFolder, 'oms', 'v1', 'order_service.proto'), {
  includeDirs: [protoFolder],
  keepCase: true,
  longs: String,
  enums: String,
});
const { OrderService } = grpc.loadPackageDefinition(definition).oms.v1;
const identity = grpc.credentials.createFromMetadataGenerator((_, done) => {
  const metadata = new grpc.Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  done(null, metadata);
});
const client = new OrderService(
  `localhost:${port}`,
  grpc.credentials.combineChannelCredentials(grpc.credentials.createSsl(fs.readFileSync(caFile)), identity));

const order = (name, clientOrderId) => ({
  account: name,
  symbol: 'BTC/USDT',
  side: 'SIDE_BUY',
  type: 'ORDER_TYPE_LIMIT',
  quantity: '0.01',
  price: '50000',
  client_order_id: clientOrderId,
});

const place = (name, clientOrderId) => new Promise((resolve, reject) => {
  client.PlaceOrder(order(name, clientOrderId), { deadline: Date.now() + 30_000 }, (error, response) =>
    (error ? reject(error) : resolve(response.order)));
});

const stream = () => new Promise((resolve, reject) => {
  const call = client.StreamCommands();
  const outcomes = [];
  call.on('data', (response) => outcomes.push(...response.outcomes));
  call.on('error', reject);
  call.on('end', () => resolve(outcomes));
  call.write({
    commands: [
      { request_id: 1, place: order(account, 'node-stream') },
      { request_id: 2, place: order(otherAccount, 'node-other') },
    ],
  });
  call.end();
});

(async () => {
  const placed = await place(account, 'node-1');
  const again = await place(account, 'node-again');
  const outcomes = await stream();
  const refused = await place(otherAccount, 'node-2').then(() => null, (error) => error);
  console.log(JSON.stringify({
    status: placed.status,
    order_id: placed.order_id,
    again: again.client_order_id,
    outcomes: outcomes.map((outcome) => [outcome.request_id, outcome.status, outcome.failure && outcome.failure.reason]),
    refused: refused && grpc.status[refused.code],
  }));
  client.close();
})().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
