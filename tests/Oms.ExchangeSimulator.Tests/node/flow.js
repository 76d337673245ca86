'use strict';

const { until } = require('./told.js');

/** An execution as either market's user stream tells it. */
function executionOf(event) {
  const order = event.e === 'ORDER_TRADE_UPDATE' ? event.o : event;
  return {
    orderId: Number(order.i), clientOrderId: order.c, happened: order.x, status: order.X,
    quantity: Number(order.l), price: Number(order.L), tradeId: Number(order.t),
  };
}

/**
 * An order's life through one client: placed, queried, amended, canceled; and one that trades at once. After each step
 * the client's own book must show what rests, and at the end its user stream must have told it all.
 *
 * @param venue how this client does each of it; `events` are the user stream's, as they came; `price` is far below the
 *   market, where nobody else is: the level in the book is this order's alone.
 */
async function tradeThrough(venue) {
  const { book, events, quantity, price } = venue;
  const executions = () => events
    .filter((event) => event.e === 'executionReport' || event.e === 'ORDER_TRADE_UPDATE').map(executionOf);
  const told = (orderId, happened) => until(`${happened} of ${orderId} is told`, () =>
    executions().find((each) => each.orderId === Number(orderId) && each.happened === happened));
  const shown = (expected) => until(`the book shows ${expected}`, () =>
    book.isSynchronised && Math.abs(book.quantityAt(price) - expected) < 1e-9 && { quantity: expected, ...book.top() });

  await until('the book is there', () => book.isSynchronised);
  const placed = await venue.place();
  const queried = await venue.query(placed.orderId);
  const levels = [await shown(quantity)];
  const amended = await venue.amend(placed.orderId);
  levels.push(await shown(venue.amendedQuantity));
  const canceled = await venue.cancel(amended.orderId);
  levels.push(await shown(0));
  const taken = await venue.take();
  await told(placed.orderId, 'NEW');
  await told(amended.orderId, 'CANCELED');
  const fill = await told(taken.orderId, 'TRADE');
  return {
    placed: { orderId: Number(placed.orderId), clientOrderId: placed.clientOrderId },
    queried: { status: queried.status, quantity: Number(queried.origQty) },
    amended: { orderId: Number(amended.orderId), quantity: venue.amendedQuantity },
    canceled: { status: canceled.status },
    taken: { orderId: Number(taken.orderId) },
    fill, levels, restarts: book.restarts, executions: executions(),
  };
}

/**
 * Lists of orders through one client: placed, seen among the open ones, canceled; the user stream must tell the end.
 *
 * @param venue `place` gives the answers to new lists, `open` the open lists, `cancel` the answer for one.
 */
async function listThrough({ events, place, open, cancel }) {
  const placed = await place();
  const isOpen = (list) => (each) => Number(each.orderListId) === Number(list.orderListId);
  const seen = await open();
  const lists = [];
  for (const list of placed) {
    const canceled = await cancel(list.orderListId);
    await until(`the end of list ${list.orderListId} is told`, () => events.some((event) =>
      event.e === 'listStatus' && Number(event.g) === Number(list.orderListId) && event.L === 'ALL_DONE'));
    lists.push({
      orderListId: Number(list.orderListId), contingency: list.contingencyType, isOpen: seen.some(isOpen(list)),
      orders: list.orders.map((order) => Number(order.orderId)),
      reports: list.orderReports.map((report) => report.status), status: canceled.listOrderStatus,
    });
  }
  return lists;
}

module.exports = { tradeThrough, listThrough };
