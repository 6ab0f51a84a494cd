// The desk in Python, played by a few lines: it may be away, lose its answer, refuse, or rebase.
globalThis.play = (text, suggestions = []) => {
  const { Away, Record, Refused, Work, acts, fresh } = cpit;
  const row = { source: "s1", version: "v1", title: "Note", codings: 0 };
  const desk = {
    record: new Record("claire", "v1"), done: [], away: false, losing: false, refuses: () => false, row,
    hear: () => {}, up: () => {}, text, touched: new Map(),
    async call(name, params) {
      await Promise.resolve();
      if (desk.away) throw new Away("away");
      const answer = desk[name]?.(params) ?? {};
      if (desk.losing && name === "perform") throw new Away("the answer is lost");
      return JSON.parse(JSON.stringify(answer));
    },
    listen(_since, heard, up) {
      Object.assign(desk, { hear: heard, up });
      return () => {};
    },
    hello: () => ({
      language: "fr", words: {}, study: { id: "study" }, coder: "claire", coders: [], grids: [], abilities: [],
    }),
    changes: () => ({ mark: "0", events: [], notes: [], reset: false }),
    codebook: () => ({ version: "v1", codes: [], axes: [], facets: [] }),
    notes: () => [desk.row],
    note: () => ({
      ...desk.row, text: desk.text, parts: [], sentences: [], others: [],
      events: [...desk.record.subjects()].flatMap((subject) => desk.record.heads(subject)),
    }),
    perform: (params) => params.acts.map((act) => desk.one(act)),
    one(act) {
      if (desk.refuses(act)) return { act: act.id, events: [], refused: { error: "refused" } };
      if (act.quote !== undefined && act.quote !== [...desk.text].slice(act.start, act.end).join("")) {
        return { act: act.id, events: [], refused: { error: "other words" } };
      }
      const unseen = desk.record.heads(act.subject).filter((event) => !act.seen.includes(event.id));
      if (!desk.done.some((one) => one.id === act.id)) {
        desk.done.push(act);
        const subjects = desk.record.expect({ ...act, seen: desk.record.heads(act.subject).map((event) => event.id) });
        const events = [...subjects].flatMap((subject) => desk.record.heads(subject));
        const named = events.map((event) => (event.id.includes("/") ? { ...event, id: fresh() } : event));
        desk.record.settle(act.id, named);
        desk.touched.set(act.id, subjects);
      }
      const events = [...desk.touched.get(act.id)].flatMap((subject) => desk.record.heads(subject));
      return { act: act.id, events, ...(unseen.length > 0 ? { rebased: "rebased" } : {}) };
    },
  };
  desk.record.learn(suggestions.map((one, rank) => ({
    id: `00-${rank}`, kind: "suggest", of: "suggestion", subject: `00-${rank}`, replaces: [], at: 0, by: "machine",
    coder: "machine", source: "s1", version: "v1", ...one,
  })));
  const open = async () => {
    const work = new Work(desk, "page");
    void work.start();
    await until(() => work.hello.value !== null && work.codebook.value !== null);
    work.go({ screen: "reading", source: "s1" });
    await until(() => work.open.value !== null);
    return work;
  };
  return { desk, open, acts };
};

globalThis.until = async (said, within = 5000) => {
  const end = performance.now() + within;
  while (!said()) {
    if (performance.now() > end) throw new Error(`never: ${said}`);
    await new Promise((rested) => setTimeout(rested, 1));
  }
};

// What a person sees, whatever the ids.
globalThis.seen = (work) => {
  const { codings, memos, proposals, episodes, suggestions } = work.open.value;
  const rank = new Map(codings.value.map((one, place) => [one.subject, place]));
  return JSON.stringify({
    codings: codings.value.map((one) => [one.start, one.end, one.code, Object.entries(one.facets).sort(), one.heads.length]).sort(),
    memos: memos.value.map((one) => [one.start, one.end, one.words, one.kind]).sort(),
    proposals: proposals.value.map((one) => [one.start, one.end, one.name, one.words]).sort(),
    episodes: episodes.value.map((one) => [one.label, one.codings.filter((id) => rank.has(id)).length]).sort(),
    suggestions: suggestions.value.map((one) => one.subject).sort(),
  });
};

// One thing done, drawn by chance; nothing when there is nothing to do it on.
globalThis.doOne = (work, { name, rank, other, start, length, code }) => {
  const { acts } = cpit;
  const note = work.open.value;
  const stretch = { start, end: Math.min(start + length, note.offsets.length) };
  const pick = (list, at = rank) => list.value[at % list.value.length];
  const coding = pick(note.codings);
  const memo = pick(note.memos);
  const proposal = pick(note.proposals);
  const episode = pick(note.episodes);
  const suggestion = pick(note.suggestions);
  const second = coding && pick(note.codings, other);
  const made = {
    apply: () => [acts.apply(work, stretch, code, { phase: code })],
    several: () => [acts.apply(work, stretch, code), acts.apply(work, stretch, "S99")],
    recode: () => coding && [acts.recode(work, coding, code)],
    resize: () => coding && [acts.resize(work, coding, stretch)],
    facet: () => coding && [acts.facet(work, coding, { voice: code })],
    retract: () => coding && [acts.retract(work, coding)],
    memo: () => [acts.memo(work, stretch, `mémo ${code}`, "reflexive")],
    rewrite: () => memo && [acts.memo(work, memo, `autre ${code}`)],
    unmemo: () => memo && [acts.retract(work, memo)],
    propose: () => [acts.propose(work, stretch, `code ${code}`)],
    rename: () => proposal && [acts.propose(work, proposal, `nom ${code}`)],
    episode: () => coding && [acts.episode(work, "s1", [...new Set([coding.subject, second.subject])], { label: code })],
    regroup: () => episode && coding && [acts.episode(work, "s1", [coding.subject], { label: code }, episode)],
    ungroup: () => episode && [acts.retract(work, episode)],
    accept: () => suggestion && [acts.accept(work, suggestion)],
    reject: () => suggestion && [acts.reject(work, suggestion, "non")],
  }[name]();
  if (made) work.perform(made, name);
  return Boolean(made);
};
