/** What stands in the margin for each thing on the text: its words, its signs, its name for screen readers. */
import type { CodingState, Desk, EpisodeState, MemoState, OpenNote, ProposalState, SuggestionState } from "../state/desk";
import { askedOf } from "../inspector/asked";
import type { Id } from "../wire/note";
import { _, fill, ngettext, share } from "../words";
import type { Span } from "./spans";

export interface Mark {
  of: Span["of"];
  subject: Id;
  /** Where it stands in the text, in UTF-16 units. */
  start: number;
  code: string;
  words: string;
  /** Whose it is, when it is not hers. */
  coder: string;
  signs: readonly Sign[];
  /** All of it for screen readers. */
  said: string;
  mine: boolean;
  tied: boolean;
}

export interface Sign {
  mark: string;
  words: string;
}

/** Return the mark of what a span stands for, with the memos written on the same passage. */
export function markOf(span: Span, remarks: readonly MemoState[], open: OpenNote, desk: Desk): Mark {
  const { item } = span;
  const mine = !("mine" in item) || item.mine;
  const memos = remarks.map((memo): Sign => ({ mark: "✎", words: fill(_("memo: {words}"), { words: memo.words }) }));
  const decided = askedOf(desk).peek().decided.get(span.subject);
  const ruled = decided ? [{ mark: "⚖", words: fill(_("decided: {why}"), { why: decided.why }) }] : [];
  const signs = [...signsOf(span), ...ruled, ...memos];
  const [name, code] = named(span, desk);
  const words = open.offsets.slice(item.start, item.end);
  const passage = fill(_("“{words}”"), { words: words.length > 40 ? `${words.slice(0, 40).trimEnd()}…` : words });
  const author = "coder" in item ? item.coder : item.by;
  const who = mine && span.of !== "suggestion" ? _("by you") : fill(_("by {coder}"), { coder: author });
  const said = fill(_("{name}, on {passage}, {who}"), { name: [code, name].filter(Boolean).join(" "), passage, who });
  return {
    of: span.of, subject: span.subject, start: span.start, code, words: name, mine, signs,
    coder: mine || !("coder" in item) ? "" : item.coder,
    said: [said, ...signs.map((sign) => sign.words)].join(", "),
    tied: "episode" in item && item.episode !== null,
  };
}

function named(span: Span, desk: Desk): [name: string, code: string] {
  const { item } = span;
  if (span.of === "memo") return [(item as MemoState).words || _("Memo"), ""];
  if (span.of === "proposal") return [(item as ProposalState).name || _("Outside the grid"), ""];
  const { code } = item as CodingState | SuggestionState;
  const entry = desk.codes.value.get(code);
  return [entry?.short || entry?.name || "", code];
}

function signsOf(span: Span): Sign[] {
  const { item } = span;
  const signs: Sign[] = [];
  if (span.of === "memo") signs.push({ mark: "✎", words: _("memo") });
  if (span.of === "proposal") signs.push({ mark: "＋", words: _("outside the grid") });
  if (span.of === "suggestion") {
    const { score } = item as SuggestionState;
    const sure = score === null ? "?" : share(score);
    signs.push({ mark: sure, words: fill(_("suggestion, score {share}"), { share: sure }) });
  }
  if ("debt" in item && item.debt) signs.push({ mark: "↻", words: _("to be coded again") });
  if (item.heads.length > 1) signs.push({ mark: "≠", words: _("two versions to settle") });
  return signs;
}

/** Return the mark of an episode, beside the first of its codings that is shown. */
export function episodeMark(episode: EpisodeState, spans: ReadonlyMap<Id, Span>): Mark | null {
  const starts = episode.codings.map((coding) => spans.get(coding)?.start).filter((start) => start !== undefined);
  if (starts.length === 0) return null;
  const words = episode.label || _("Episode");
  const who = episode.mine ? _("by you") : fill(_("by {coder}"), { coder: episode.coder });
  return {
    of: "episode", subject: episode.subject, start: Math.min(...starts), code: "", words, mine: episode.mine,
    coder: episode.mine ? "" : episode.coder, signs: [{ mark: "❧", words: _("episode") }], tied: true,
    said: fill(_("{name}, on {passage}, {who}"), {
      name: words, who, passage: fill(ngettext("{n} coding", "{n} codings", starts.length), { n: starts.length }),
    }),
  };
}
