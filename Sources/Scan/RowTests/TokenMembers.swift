/// A set of written values, and which of them a value of JSON is: a number is those that are the same number, anything
/// else the one with the same text.
struct TokenMembers: Sendable {
  private var texts = KeyTable()
  private var textPlaces: [Int] = []
  private var numbers: [DecimalNumber: [Int]] = [:]

  init(_ members: [ExactText]) {
    for (place, member) in members.enumerated() {
      if texts.insert(Array(member.utf8).span).isNew { textPlaces.append(place) }
      if let number = DecimalNumber(member.string) { numbers[number, default: []].append(place) }
    }
  }

  /// The places in the set of the members that a token is.
  func places(of token: Span<UInt8>, _ kind: UInt8) -> [Int] {
    if kind == TokenKind.number.rawValue, let number = DecimalNumber(token) { return numbers[number] ?? [] }
    return texts.index(of: token).map { [textPlaces[$0]] } ?? []
  }
}
