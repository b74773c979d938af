/** What `runSpecs` runs and how. */
export interface SpecOptions {
  /** The project: specs are looked up in it and file names are shown relative to it. Default: the working directory. */
  cwd?: string;
  /** Spec files, or folders that are searched for `*.spec.ts`. Default: `tests/unit`. */
  specs?: readonly string[];
  /** Takes over what snapshots hold now: changed ones, new ones, and those no longer there. */
  update?: boolean;
  /** Refuses to write new snapshots, as a build server should. Default: whether CI is set to true. */
  ci?: boolean;
  /** Folders and files of the project whose statements are counted; false: none. Default: `assembly` and `filters`. */
  coverage?: readonly string[] | false;
  /** How long one spec may take, its compilation included, in milliseconds. Default: 60000. */
  timeoutMs?: number;
  /** How many specs run at a time. Default: one for each processor, at most four. */
  workers?: number;
  /** Takes the report, line by line. Default: standard output. */
  print?: (line: string) => void;
}

/** One spec file's outcome. */
export interface SpecResult {
  /** The file, relative to the project. */
  spec: string;
  ok: boolean;
  tests: number;
  passed: number;
  todos: number;
  milliseconds: number;
  /** What is worth reading: failures, problems of the file as a whole, `log()` output. Empty where all is quiet. */
  details: string[];
  /** Statements of covered files that this spec compiled, and which of them ran. */
  coverage: FileHits[];
}

/** The statements of one file, in the order of its text. */
export interface FileHits {
  /** Absolute path. */
  file: string;
  statements: Statement[];
  /** For each statement 1 when it ran, 0 when not. */
  hits: number[];
}

export interface Statement {
  line: number;
  /** Compiled only under a build switch (`isDefined(NAME)`). */
  switched: boolean;
}

/** Statement coverage of one file over all specs. */
export interface FileCoverage {
  /** The file, relative to the project. */
  file: string;
  statements: number;
  covered: number;
  /** Lines that hold a statement which never ran. */
  missed: number[];
  /** Those of them that only a build switch compiles. */
  switched: number[];
}

export interface CoverageReport {
  files: FileCoverage[];
  statements: number;
  covered: number;
  /** Share of statements that ran, 0 to 100. */
  percent: number;
}

/** The outcome of a run. */
export interface SpecReport {
  /** Whether every spec passed; coverage has no say in it. */
  ok: boolean;
  specs: SpecResult[];
  tests: number;
  passed: number;
  todos: number;
  /** Null where none was asked for. */
  coverage: CoverageReport | null;
}
