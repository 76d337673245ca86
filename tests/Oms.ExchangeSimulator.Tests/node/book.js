'use strict';

/**
 * A local order book for a client that keeps none, by the exchange's published rules: diffs are kept back until a
 * snapshot joins them; a gap begins anew. Spot counts updates of the symbol without gaps; futures chain each diff to
 * the one before it.
 */
class LocalBook {
  #isFutures;
  #snapshot;
  #pending = [];
  #lastUpdateId = null;
  #isAsking = false;

  /** @param snapshot asks for `{ lastUpdateId, bids, asks }`. */
  constructor({ isFutures, snapshot }) {
    this.#isFutures = isFutures;
    this.#snapshot = snapshot;
    this.bids = new Map();
    this.asks = new Map();
    this.restarts = 0;
  }

  get isSynchronised() {
    return this.#lastUpdateId !== null;
  }

  quantityAt(price) {
    return this.bids.get(Number(price)) ?? 0;
  }

  top() {
    return { bid: Math.max(...this.bids.keys()), ask: Math.min(...this.asks.keys()) };
  }

  onDiff(diff) {
    if (this.#lastUpdateId === null) {
      this.#pending.push(diff);
      this.#begin();
    } else if (!this.#apply(diff)) {
      this.restarts += 1;
      this.#lastUpdateId = null;
      this.#pending = [diff];
      this.#begin();
    }
  }

  #begin() {
    if (this.#isAsking) {
      return;
    }
    this.#isAsking = true;
    this.#snapshot().then((snapshot) => {
      this.#isAsking = false;
      this.#join(snapshot);
    }, (error) => { throw error; });
  }

  #join({ lastUpdateId, bids, asks }) {
    const last = Number(lastUpdateId);
    const isStale = (diff) => (this.#isFutures ? Number(diff.u) < last : Number(diff.u) <= last);
    const first = this.#pending.find((diff) => !isStale(diff));
    if (this.#pending.length > 0 && last < Number(this.#pending[0].U) - 1) {
      this.#begin();
      return;
    }
    this.bids = new Map(bids.map(([price, quantity]) => [Number(price), Number(quantity)]));
    this.asks = new Map(asks.map(([price, quantity]) => [Number(price), Number(quantity)]));
    this.#lastUpdateId = last;
    const waiting = this.#pending.filter((diff) => !isStale(diff));
    this.#pending = [];
    for (const diff of waiting) {
      if (this.#isFutures && diff === first && Number(diff.U) <= last) {
        this.#set(diff);
      } else {
        this.onDiff(diff);
      }
    }
  }

  /** False where something is missing before it. */
  #apply(diff) {
    if (this.#isFutures ? Number(diff.u) < this.#lastUpdateId : Number(diff.u) <= this.#lastUpdateId) {
      return true;
    }
    const follows = this.#isFutures
      ? Number(diff.pu) === this.#lastUpdateId || Number(diff.U) <= this.#lastUpdateId
      : Number(diff.U) <= this.#lastUpdateId + 1;
    if (follows) {
      this.#set(diff);
    }
    return follows;
  }

  #set(diff) {
    for (const [side, levels] of [[this.bids, diff.b], [this.asks, diff.a]]) {
      for (const [price, quantity] of levels) {
        if (Number(quantity) === 0) {
          side.delete(Number(price));
        } else {
          side.set(Number(price), Number(quantity));
        }
      }
    }
    this.#lastUpdateId = Number(diff.u);
  }
}

module.exports = { LocalBook };
