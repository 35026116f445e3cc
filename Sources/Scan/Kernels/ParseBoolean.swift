/// `true` or `false` in any case, `1` or `0`; nil for anything else.
func parseBoolean(_ text: Span<UInt8>) -> Int64? {
  switch text.count {
  case 1:
    if text[0] == UInt8(ascii: "1") { return 1 }
    return text[0] == UInt8(ascii: "0") ? 0 : nil
  case 4: return spells(text, "true") ? 1 : nil
  case 5: return spells(text, "false") ? 0 : nil
  default: return nil
  }
}

/// Whether the text is the lower-case ASCII word, in any case.
private func spells(_ text: Span<UInt8>, _ word: StaticString) -> Bool {
  word.withUTF8Buffer { letters in
    // Safe because: a static string's buffer is read within its closure, in its bounds.
    letters.indices.allSatisfy { text[$0] | 0x20 == letters[$0] }
  }
}
