/// How a credential is made wrong. Servers that compare a beginning, an end or nothing let one in that is nearly right.
enum Falsification: Sendable {
  /// Nobody has given it out, and it resembles none.
  case invented
  case firstCharacter
  case lastCharacter
  /// The right one, and more behind it.
  case appended
  /// The right one with its letters in the other case.
  case otherCase
  /// No token behind the word Bearer.
  case empty
  /// Credentials of another scheme.
  case otherScheme
  /// The right password of a user that nobody knows.
  case otherUser

  /// How somebody asked, in a sentence.
  var words: String {
    switch self {
    case .invented: "with wrong credentials"
    case .firstCharacter: "with credentials of which only the first character is wrong"
    case .lastCharacter: "with credentials of which only the last character is wrong"
    case .appended: "with the right credentials and one character more"
    case .otherCase: "with the right credentials in the other case"
    case .empty: "with an empty token"
    case .otherScheme: "with invented credentials of another scheme"
    case .otherUser: "with the right password and another user"
    }
  }

  /// Those that are nearly right.
  static let nearMisses: [Falsification] = [.firstCharacter, .lastCharacter, .appended, .otherCase]
  /// Those that are not made of the right one, or of a part of it.
  static let others: [Falsification] = [.otherUser, .empty, .otherScheme]

  /// The shortest credential of which most is left; the nearly right form of a shorter one would be half a guess.
  private static let shortest = 8

  /// The wrong credential in place of this one; nil where it is too short to be nearly right.
  ///
  /// The last character before the padding of Base64 changes its highest bits: the lowest of a key in Base64 are
  /// padding, which readers drop.
  func wrong(for credential: String) -> String? {
    var scalars = Array(credential.unicodeScalars)
    let place: Int?
    switch self {
    case .invented: return Authentication.nonsense
    case .empty, .otherScheme, .otherUser: return nil
    case .appended: return scalars.count >= Self.shortest ? credential + "x" : nil
    case .otherCase:
      let other = String(
        decoding: credential.utf8.map { (0x41...0x5A).contains($0 & 0xDF) ? $0 ^ 0x20 : $0 }, as: UTF8.self)
      return scalars.count >= Self.shortest && other != credential ? other : nil
    case .firstCharacter: place = scalars.isEmpty ? nil : 0
    case .lastCharacter: place = scalars.lastIndex { $0 != "=" }
    }
    guard scalars.count >= Self.shortest, let place else { return nil }
    let isLow = ("A"..."Z").contains(scalars[place]) || ("a"..."f").contains(scalars[place])
    scalars[place] = isLow ? "x" : "A"
    return String(String.UnicodeScalarView(scalars))
  }
}
