/// The values of one column of a batch as the file stores them. What they mean is said by the field's `StoredType`:
///
/// * `texts`: text, binary, untyped; decimals as their plain decimal text with all digits of the scale (`-1.50`);
///   times as `HH:MM:SS[.fraction]`; UUIDs in their canonical form; lists, maps and structs as JSON.
/// * `tokens`: the values of a JSON field, each with the kind of its token.
/// * `numbers`: floating-point numbers of every width, exactly.
/// * `integers`: integers of every width (unsigned 64-bit ones by their bit pattern), booleans (0 and 1), dates (days
///   since 1970-01-01), timestamps and durations (in the unit of the type, since 1970-01-01 UTC).
package enum StoredColumn: Sendable {
  case texts(TextColumn)
  case tokens(TextColumn, kinds: [UInt8])
  case numbers(Column<Double>)
  case integers(Column<Int64>)
}

/// What a value of JSON is, for a column of tokens.
package enum TokenKind: UInt8, Sendable {
  case null = 0
  /// The column's text is the string, unescaped.
  case string = 1
  /// The column's text is the number as it is written.
  case number = 2
  /// The column's text is `true` or `false`.
  case boolean = 3
  /// The column's text is the JSON of an array or object.
  case nested = 4
}
