'use strict';

// ccxt against the simulator: spot and futures, its own order books, its own streams, transfers.
// Prints what it believes happened, as JSON. An amendment of spot is a cancel and a new order, of futures one in place.
// node ccxt.js AUTHORITY API_KEY SECRET SUB_ACCOUNT_EMAIL

const { pro } = require('ccxt');
const { until, report } = require('./told.js');

const [authority, apiKey, secret, subAccount] = process.argv.slice(2);
const FAR = '20000.30';

function pointed(exchange) {
  const rest = exchange.urls.api;
  for (const key of Object.keys(rest).filter((name) => name !== 'ws')) {
    rest[key] = rest[key].replace(/^https:\/\/[a-z]+\.binance\.com/, `http://${authority}`);
  }
  const sockets = rest.ws;
  // It knows the spot market by "/stream" in the address, which is "//stream." of the host elsewhere.
  sockets.spot = `ws://${authority}/ws?of=/stream`;
  sockets.future = `ws://${authority}/ws`;
  sockets['ws-api'].spot = `ws://${authority}/ws-api/v3`;
  sockets['ws-api'].future = `ws://${authority}/ws-fapi/v1`;
  return exchange;
}

/** Keeps what a watch method delivers: each call resolves with what is new since the last. */
function follow(watch) {
  const seen = [];
  const state = { seen, failure: null };
  (async () => {
    for (;;) {
      seen.push(...await watch());
    }
  })().catch((error) => { state.failure = error; });
  return state;
}

/** The book that ccxt keeps shows an order of our own, and forgets it. */
async function ownLevel(exchange, symbol, amount) {
  const at = Number(FAR);
  return until('the book shows the level', async () => {
    const book = await exchange.watchOrderBook(symbol);
    const level = book.bids.find(([price]) => price === at);
    const quantity = level ? level[1] : 0;
    return Math.abs(quantity - amount) < 1e-9 && { quantity, bid: book.bids[0][0], ask: book.asks[0][0] };
  });
}

async function trade(exchange, symbol, amount, marketAmount) {
  await exchange.loadMarkets();
  await exchange.watchOrderBook(symbol);
  const orders = follow(() => exchange.watchOrders(symbol));
  const trades = follow(() => exchange.watchMyTrades(symbol));
  await until('the user stream is open', () => exchange.ready());

  const placed = await exchange.createOrder(symbol, 'limit', 'buy', amount, Number(FAR), { clientOrderId: 'ccxt-1' });
  const queried = await exchange.fetchOrder(placed.id, symbol);
  const levels = [await ownLevel(exchange, symbol, amount)];
  const amended = await exchange.editOrder(placed.id, symbol, 'limit', 'buy', amount * 2, Number(FAR));
  levels.push(await ownLevel(exchange, symbol, amount * 2));
  const open = await exchange.fetchOpenOrders(symbol);
  await exchange.cancelOrder(amended.id, symbol);
  const canceled = await exchange.fetchOrder(amended.id, symbol);
  levels.push(await ownLevel(exchange, symbol, 0));
  const taken = await exchange.createOrder(symbol, 'market', 'buy', marketAmount);
  const fill = await until('the fill is told', () => trades.seen.find((each) => each.order === taken.id));
  const told = (id, status) => until(`${id} is told ${status}`, () =>
    orders.seen.some((each) => each.id === id && each.status === status));
  await told(amended.id, 'canceled');
  await told(taken.id, 'closed');
  return {
    placed: { orderId: Number(placed.id), clientOrderId: placed.clientOrderId },
    queried: { status: queried.status, quantity: queried.amount },
    amended: { orderId: Number(amended.id), quantity: open.find((each) => each.id === amended.id).amount },
    canceled: { status: canceled.status },
    taken: { orderId: Number(taken.id) },
    fill: { orderId: Number(fill.order), tradeId: Number(fill.id), price: fill.price, quantity: fill.amount },
    levels,
  };
}

async function spot() {
  const exchange = pointed(new pro.binance({ apiKey, secret }));
  await exchange.loadHttpProxyAgent();
  exchange.ready = () => Object.keys(exchange.clients).some((url) => url.includes('ws-api'));
  const symbol = 'BTC/USDT';
  const result = await trade(exchange, symbol, 0.001, 0.002);
  const stop = await exchange.createOrder(symbol, 'limit', 'sell', 0.002, Number(FAR), { stopLossPrice: 20000 });
  const trailing = await exchange.createOrder(symbol, 'market', 'sell', 0.002, undefined, {
    trailingPercent: 10, stopLossOrTakeProfit: 'stopLoss',
  });
  const waiting = await exchange.fetchOpenOrders(symbol);
  for (const { id } of waiting) {
    await exchange.cancelOrder(id, symbol);
  }
  result.waiting = {
    stopPrice: waiting.find(({ id }) => id === stop.id).triggerPrice,
    orders: [Number(stop.id), Number(trailing.id)], open: waiting.map(({ id }) => Number(id)),
  };
  result.transfer = await exchange.sapiPostSubAccountUniversalTransfer({
    fromAccountType: 'SPOT', toAccountType: 'SPOT', toEmail: subAccount, asset: 'USDT', amount: '12.5',
    clientTranId: 'ccxt-transfer',
  });
  const inner = await exchange.transfer('USDT', 7.5, 'spot', 'linear');
  result.innerTransfer = { tranId: inner.id };
  const balance = await exchange.fetchBalance();
  result.balances = { BTC: balance.total.BTC, USDT: balance.total.USDT };
  await exchange.close();
  return result;
}

async function futures() {
  const exchange = pointed(new pro.binanceusdm({ apiKey, secret }));
  await exchange.loadHttpProxyAgent();
  exchange.ready = () => Object.keys(exchange.clients).some((url) => url.includes('private'));
  const symbol = 'BTC/USDT:USDT';
  const result = await trade(exchange, symbol, 0.01, 0.02);
  const [position] = await exchange.fetchPositions([symbol]);
  result.position = { side: position.side, quantity: position.contracts };
  await exchange.close();
  return result;
}

report(async () => ({ spot: await spot(), futures: await futures() }));
