extension TextFormat {
  static let date = TextFormat(
    "date", "A day that exists, as YYYY-MM-DD (ISO 8601).",
    good: ["2024-02-29"], bad: ["2023-02-29", "2024-2-9", "29.02.2024"], isDate)
}

private func isDate(_ text: Span<UInt8>) -> Bool { parseDate(text) != nil }
