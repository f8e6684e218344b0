/** What the registry says of a protocol. */
export interface ProtocolEntry {
  readonly about: string;
  readonly source: string;
  /** Below src/protocols. */
  readonly file: string;
  readonly make: unknown;
  /** Option -> its default and meaning; 'required' where there is no default. */
  readonly options: Readonly<Record<string, { readonly default: unknown; readonly about: string }>>;
}
