extension TextFormat {
  static let language = TextFormat(
    "language",
    "A well-formed language tag (BCP 47) whose language, when it has two letters, is one of ISO 639-1; form: iso_639_1 accepts nothing but these two letters in lower case. Languages of three letters, scripts and regions are not looked up, and the irregular tags of old (i-klingon) are none.",
    good: ["de", "en-GB", "zh-Hant-TW", "sl-rozaj-biske", "de-CH-1996", "gsw", "x-own"],
    bad: ["xx", "english", "en_GB", "e", "en-", "de-419-DE", "a-DE", ""],
    option: Option("form", values: ["iso_639_1"], example: "iso_639_1") { _ throws(TextFormatError) in
      { CodeSet.languages.contains($0) }
    }, isLanguage)
}

/// RFC 5646, 2.1, with a language of two letters looked up.
private func isLanguage(_ text: Span<UInt8>) -> Bool {
  var reader = TagReader()
  return text.allParts(separatedBy: UInt8(ascii: "-")) { reader.accepts($0) } && reader.isComplete
}

/// Reads the parts of a tag in their order: language, script, region, variants, extensions, private use.
private struct TagReader {
  private enum Place: Int { case start, language, script, region, variant, extended, privateUse }

  private var place = Place.start
  /// How many extended languages may follow.
  private var extendedLanguages = 3
  /// Whether the letter that begins an extension was the last part.
  private var isOpen = false

  var isComplete: Bool { !isOpen }

  mutating func accepts(_ part: Span<UInt8>) -> Bool {
    guard (1...8).contains(part.count), part.allSatisfy(ASCII.isAlphanumeric) else { return false }
    if part.count == 1, place != .privateUse { return begins(part[0] | 0x20) }
    let isWord = part.allSatisfy(ASCII.isLetter)
    switch place {
    case .extended, .privateUse:
      isOpen = false
      return true
    case .start:
      place = .language
      // Four to eight letters are reserved, and nobody has been given any.
      return isWord
        && (part.count == 3 || part.count == 2 && CodeSet.languages.contains([part[0] | 0x20, part[1] | 0x20].span))
    default: break
    }
    switch part.count {
    case 3 where isWord:
      extendedLanguages -= 1
      return place == .language && extendedLanguages >= 0
    case 4 where isWord: return move(to: .script)
    case 2 where isWord, 3 where part.allSatisfy(ASCII.isDigit): return move(to: .region)
    case 5...,
      4 where ASCII.isDigit(part[0]):
      place = .variant
      return true
    default: return false
    }
  }

  /// A single letter or digit begins an extension, and x what is nobody else's.
  private mutating func begins(_ letter: UInt8) -> Bool {
    let isPrivate = letter == UInt8(ascii: "x")
    guard !isOpen, isPrivate || place != .start else { return false }
    place = isPrivate ? .privateUse : .extended
    isOpen = true
    return true
  }

  private mutating func move(to next: Place) -> Bool {
    guard place.rawValue < next.rawValue else { return false }
    place = next
    return true
  }
}

extension CodeSet {
  /// ISO 639-1, with sh, which is deprecated there and alive elsewhere.
  fileprivate static let languages = CodeSet(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
    eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja
    jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb
    nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so
    sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """)
}
