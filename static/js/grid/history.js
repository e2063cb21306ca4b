// Every change of the boxes, so that all of them can be undone and redone; typing in one box is one change.

export class History {
  constructor(boxes, changed) {
    this.last = new Map([...boxes].map((box) => [box, box.value]));
    this.changed = changed;
    this.done = [];
    this.undone = [];
    this.typing = null;
    this.added = () => {};
    this.turned = () => {};
  }

  // Write these pairs of box and text as one change; answers the boxes that really changed.
  write(pairs) {
    const steps = pairs.filter(([box, text]) => box.value !== text).map(([box, text]) => ({ box, before: box.value, after: text }));
    this.typing = null;
    if (steps.length) this.remember(steps);
    this.apply(steps, "after");
    return steps.map((step) => step.box);
  }

  typed(box) {
    const before = this.last.get(box);
    if (this.typing?.box === box) this.typing.after = box.value;
    else {
      this.typing = { box, before, after: box.value };
      this.remember([this.typing]);
    }
    this.last.set(box, box.value);
    this.undone = [];
  }

  pause() {
    this.typing = null;
  }

  remember(steps) {
    this.done.push(steps);
    this.undone = [];
    this.added();
  }

  undo() {
    return this.turn(this.done, this.undone, "before");
  }

  redo() {
    return this.turn(this.undone, this.done, "after");
  }

  turn(from, to, side) {
    this.typing = null;
    const steps = from.pop() ?? [];
    if (steps.length) to.push(steps);
    this.apply(steps, side);
    this.turned();
    return steps.map((step) => step.box);
  }

  apply(steps, side) {
    for (const step of steps) {
      step.box.value = step[side];
      this.last.set(step.box, step[side]);
    }
    if (steps.length) this.changed(steps.map((step) => step.box));
  }
}
