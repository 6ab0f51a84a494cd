"""The cell of a notebook: messages, and nothing but messages."""

import pytest

pytestmark = pytest.mark.browser

RENDERED = """async () => {
  const heard = new Set();
  const sent = [];
  const answers = {
    hello: { language: "fr", words: {}, study: { id: "s", title: "Étude" }, coder: "claire",
             coders: [], grids: [], abilities: [] },
    changes: { mark: "0", events: [], notes: [], reset: false },
    codebook: { version: "v1", title: "Grille", codes: [], axes: [], facets: [] },
    notes: [],
  };
  const model = new Proxy({
    send(message) {
      sent.push(message);
      const { id, call } = message;
      setTimeout(() => {
        for (const one of heard) one({ id: id + 1000, result: "somebody else's" });
        for (const one of heard) one({ id, result: answers[call] });
      });
    },
    on(name, one) { if (name === "msg:custom") heard.add(one); },
    off(_name, one) { heard.delete(one); },
  }, { get(model, name) {
    if (!(name in model)) throw new Error(`the model is asked for ${String(name)}`);
    return model[name];
  } });
  const leave = cpit.default.render({ model, el: document.body });
  const end = performance.now() + 5000;
  while (!document.querySelector(".cpit-frame") && performance.now() < end) {
    await new Promise((rested) => setTimeout(rested, 5));
  }
  Object.assign(globalThis, { heard, leave, sent });
}"""


def test_the_cell_calls_by_messages_and_keeps_its_keys(module):
    module.evaluate(RENDERED)
    root = module.locator(".cpit.cpit-cell")
    assert root.get_attribute("data-lm-suppress-shortcuts") == "true"
    assert root.locator(".cpit-study").inner_text() == "Étude"
    assert module.evaluate("() => sent.map((one) => one.call).slice(0, 2)") == ["hello", "changes"]
    assert module.evaluate("() => location.hash") == ""


def test_keys_are_heard_in_the_cell_and_nowhere_else(module):
    module.evaluate(RENDERED)
    module.evaluate("() => { document.body.tabIndex = 0; document.body.focus(); }")
    module.keyboard.press("?")
    assert module.locator("dialog").count() == 0
    module.locator(".cpit-study").click()
    module.keyboard.press("?")
    assert module.locator("dialog[open]").count() == 1


def test_a_cell_that_is_closed_hears_nothing_more(module):
    module.evaluate(RENDERED)
    module.evaluate("() => leave()")
    assert module.evaluate("() => heard.size") == 0
    assert module.locator(".cpit").count() == 0
