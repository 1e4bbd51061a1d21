/** What every command takes. */
export interface CommonOptions {
  /** `--config FILE` */
  config?: string;
  /** `--catalogue FOLDER` */
  catalogue?: string;
  /** `--shard 1/3` */
  shard?: string;
  /** `--json` */
  json?: boolean;
}

/** Where a command writes. */
export interface Output {
  line(text: string): void;
}
