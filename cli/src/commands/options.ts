/** What every command takes. */
export interface CommonOptions {
  /** `--config FILE` */
  config?: string;
  /** `--catalogue FOLDER` */
  catalogue?: string;
  /** `--json` */
  json?: boolean;
}

/** Where a command writes. */
export interface Output {
  line(text: string): void;
}
