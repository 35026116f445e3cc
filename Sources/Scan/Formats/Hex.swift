extension TextFormat {
  static let hex = TextFormat(
    "hex", "One hex digit or more, either case, without a prefix.",
    good: ["00ff", "DEADBEEF", "7"],
    bad: ["", "0x1f", "12 34", "xyz"], isHex)
}

func isHex(_ text: Span<UInt8>) -> Bool { text.count > 0 && text.allSatisfy(ASCII.isHexDigit) }
