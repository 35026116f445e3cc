/// The ways in which a secret shows up in text.
enum SecretForms {
  static func all(of secret: String) -> [[UInt8]] {
    let bytes = Array(secret.utf8)
    // A variable that was filled from a file often ends with a line break that whoever prints it has dropped.
    let trimmed = Array(bytes.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    return [bytes, trimmed].flatMap { bytes in
      [bytes, json(bytes, slashes: false), json(bytes, slashes: true)]
        + [false, true].flatMap { form in [false, true].map { url(bytes, form: form, uppercase: $0) } }
        + base64(bytes)
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// Percent-encoded (RFC 3986): all but the unreserved characters; `form` writes a space as `+`.
  private static func url(_ bytes: [UInt8], form: Bool, uppercase: Bool) -> [UInt8] {
    bytes.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        return [byte]
      case 0x20 where form: return [UInt8(ascii: "+")]
      default: return [UInt8(ascii: "%")] + hex(byte, uppercase: uppercase)
      }
    }
  }

  /// As in a JSON string (RFC 8259); some writers escape slashes as well.
  private static func json(_ bytes: [UInt8], slashes: Bool) -> [UInt8] {
    let short: [UInt8: Character] = [0x08: "b", 0x09: "t", 0x0A: "n", 0x0C: "f", 0x0D: "r", 0x22: "\"", 0x5C: "\\"]
    return bytes.flatMap { byte -> [UInt8] in
      if let letter = short[byte] { return Array("\\\(letter)".utf8) }
      if byte < 0x20 { return Array("\\u00".utf8) + hex(byte, uppercase: false) }
      return byte == UInt8(ascii: "/") && slashes ? Array("\\/".utf8) : [byte]
    }
  }

  /// Base64 (RFC 4648) in both alphabets, alone and in the middle of something else, as in `user:secret`: there the
  /// characters that the secret alone decides.
  private static func base64(_ bytes: [UInt8]) -> [[UInt8]] {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return ["+/", "-_"].flatMap { ending -> [[UInt8]] in
      let digits = Array((alphabet + ending).utf8)
      let whole = encode(bytes, digits)
      let padding = [UInt8](repeating: UInt8(ascii: "="), count: (3 - bytes.count % 3) % 3)
      let inner = (0...2).map { offset -> [UInt8] in
        let encoded = encode([UInt8](repeating: 0, count: offset) + bytes, digits)
        let first = (offset * 8 + 5) / 6
        let last = (offset + bytes.count) * 8 / 6
        return first < last ? Array(encoded[first..<last]) : []
      }
      return [whole, whole + padding] + inner
    }
  }

  /// Base64 without padding.
  private static func encode(_ bytes: [UInt8], _ digits: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var buffer = 0
    var bits = 0
    for byte in bytes {
      buffer = (buffer << 8 | Int(byte)) & 0xFFFF
      bits += 8
      while bits >= 6 {
        bits -= 6
        result.append(digits[buffer >> bits & 63])
      }
    }
    if bits > 0 { result.append(digits[buffer << (6 - bits) & 63]) }
    return result
  }

  private static func hex(_ byte: UInt8, uppercase: Bool) -> [UInt8] {
    let digits = String(byte, radix: 16, uppercase: uppercase)
    return Array((digits.count == 1 ? "0" + digits : digits).utf8)
  }
}
