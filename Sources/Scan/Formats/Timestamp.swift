extension TextFormat {
  static let timestamp = TextFormat(
    "timestamp",
    "A day that exists, T or a space, and a time of day with or without seconds, fraction and zone (ISO 8601).",
    good: ["1996-12-19T16:39:57-08:00", "2024-02-29 10:00"], bad: ["2024-02-29", "2024-02-29T25:00:00Z"], isTimestamp)
}

private func isTimestamp(_ text: Span<UInt8>) -> Bool { parseTimestamp(text) != nil }
