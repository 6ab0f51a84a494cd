"""Notes fetched ahead, with a server that is played."""

from playwright.sync_api import Page

PLAY = """async () => {
  const asked = [];
  let tell;
  const row = (source) => ({ source, version: 'v', title: source, finished: false, words_left: 0 });
  const note = (source) => ({
    ...row(source), text: 'abc', parts: [], sentences: [], events: [], others: [],
    blind: null, audio: null,
  });
  const answers = {
    hello: () => ({ study: { id: 's' }, coder: 'ines', language: 'en', words: {} }),
    codebook: () => ({ version: 'v1', codes: [], axes: [], facets: [] }),
    notes: () => ['one', 'two', 'three'].map(row),
    changes: () => ({ mark: 'm', notes: [], events: [], reset: false }),
    note: ({ source }) => (asked.push(source), note(source)),
  };
  const desk = new cpit.Work({
    call: async (name, params) => answers[name](params),
    listen: (_since, heard) => ((tell = heard), () => {}),
  }, 'page');
  await desk.start();
  const open = async (source) => {
    desk.go({ screen: 'reading', source });
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    return desk.open.peek()?.note.source;
  };
  %s
}"""


def test_a_note_fetched_ahead_is_opened_without_being_asked_again(module: Page) -> None:
    opened, asked = module.evaluate(
        PLAY % "desk.ahead('one'); desk.ahead('one'); return [await open('one'), asked];"
    )
    assert opened == "one"
    assert asked == ["one"]


def test_a_note_of_which_something_was_heard_since_is_asked_again(module: Page) -> None:
    heard = "tell({ mark: 'n', notes: ['two'], events: [], reset: false });"
    opened, asked = module.evaluate(
        PLAY % f"desk.ahead('two'); {heard} return [await open('two'), asked];"
    )
    assert opened == "two"
    assert asked == ["two", "two"]


def test_one_note_is_kept_ahead_and_the_open_one_never_is(module: Page) -> None:
    opened, asked = module.evaluate(
        PLAY
        % """await open('one');
        desk.ahead('one'); desk.ahead('two'); desk.ahead('three');
        return [await open('two'), asked];"""
    )
    assert opened == "two"
    assert asked == ["one", "two", "three", "two"]


def test_who_goes_back_before_a_note_comes_stays_where_she_is(module: Page) -> None:
    opened, place = module.evaluate(
        PLAY
        % """await open('one');
        desk.go({ screen: 'reading', source: 'two' });
        return [await open('one'), desk.place.peek().source];"""
    )
    assert (opened, place) == ("one", "one")


def test_who_waits_for_a_note_has_it_though_it_was_asked_again_meanwhile(module: Page) -> None:
    early, version = module.evaluate(
        PLAY
        % """await open('one');
        const held = [];
        const anew = () => ({ ...note('one'), version: 'w' });
        answers.notes = () => [{ ...row('one'), version: 'w' }];
        answers.note = () => new Promise((give) => held.push(() => give(anew())));
        const until = async (said) => { while (!said()) await new Promise((rest) => setTimeout(rest, 5)); };
        let early = true;
        const read = desk.refresh().then(() => [early, desk.open.peek().note.version]);
        await until(() => held.length === 1);
        tell({ mark: 'n', notes: ['one'], events: [], reset: false });
        await until(() => held.length === 2);
        held[0]();
        await new Promise((rest) => setTimeout(rest, 50));
        early = false;
        const giving = setInterval(() => held.splice(0).forEach((give) => give()), 5);
        const found = await read;
        clearInterval(giving);
        return found;"""
    )
    assert not early
    assert version == "w"
