/** Calls of the first page. */
export interface RecentStudy {
  folder: string;
  title: string;
  lot: string | null;
  demonstration: boolean;
  there: boolean;
}

export interface Home {
  recent: RecentStudy[];
  /** Why no study is open, when one was asked for. */
  said: string;
  /** Where a lot is opened by default. */
  documents: string;
  /** Folder of the list of recent studies. */
  kept: string;
}

export interface LotSeen {
  title: string;
  coder: string;
  documents: number | null;
  /** A free place for it. */
  folder: string;
  /** Folders where a lot of the same study and person is open already. */
  already: string[];
}

declare module "../../wire/calls" {
  interface Calls {
    home: [Record<string, never>, Home];
    "home.open": [{ folder: string }, Hello];
    "home.forget": [{ folder: string }, Home];
    "home.leave": [Record<string, never>, Hello];
    "home.look": [{ file: string }, LotSeen];
    "home.receive": [{ file: string; folder: string }, Hello];
    "home.close": [Record<string, never>, Record<string, never>];
    "home.demo": [Record<string, never>, Hello];
    "home.launcher": [{ home: boolean }, { name: string; path: string; system: string }];
  }
}
