internal import JSON
internal import Transport

/// Sees the replies on one connection of a load: whether one in JSON has a null, a NaN or an infinity in place of a
/// prediction.
///
/// Bytes are looked through, and only a reply in which such a word stands is read as the protocol has it: the word may
/// be part of a text, or belong to the envelope.
final class PredictionWatcher: BodyWatcher {
  /// A longer reply is not looked into, so that as many connections as a load has do not keep more than memory holds.
  static let longest = 64 << 10

  private let preset: any ServingProtocol
  private let secrets: Secrets
  private var body: [UInt8] = []
  private var isTooLong = false

  init(_ preset: any ServingProtocol, _ secrets: Secrets) {
    self.preset = preset
    self.secrets = secrets
  }

  func begin() {
    body.removeAll(keepingCapacity: true)
    isTooLong = false
  }

  func take(_ piece: [UInt8], at time: Int64) {
    isTooLong = isTooLong || piece.count > Self.longest - body.count
    if isTooLong { body = [] } else { body += piece }
  }

  var sight: BodySight { BodySight(firstContent: nil, flaw: isTooLong || !Self.mayLackNumbers(body) ? nil : flaw) }

  private var flaw: String? {
    let reply = Reply(HTTPResponse(status: 200, body: body), secrets: secrets)
    guard case .success = reply.document else { return nil }
    do throws(Complaint) {
      // Each request of a load asks about one row.
      for output in try preset.predictions(in: reply, about: 1).outputs {
        for (index, element) in output.elements.enumerated() {
          for (way, value) in element.leaves() {
            let place = "outputs.\(output.name)[\(index)]\(way)"
            switch value {
            case .null: return reply.excerpt("\(place) is null")
            case .number(let number) where !number.isFinite: return reply.excerpt("\(place) is \(number.literal)")
            default: continue
            }
          }
        }
      }
      return nil
    } catch {
      // What else is wrong with a reply is for the checks that read every one.
      return nil
    }
  }

  /// Whether `null`, `NaN` or `Infinity` stands anywhere as a value, as ``JSONParser`` reads them: in any case, `inf` for
  /// short.
  static func mayLackNumbers(_ bytes: [UInt8]) -> Bool {
    let small = { (place: Int) -> UInt8 in place < bytes.count ? bytes[place] | 0x20 : 0 }
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    for place in bytes.indices {
      // Within a word it is no value, nor is it at the start of a text.
      if place > 0, letters.contains(small(place - 1)) || bytes[place - 1] == UInt8(ascii: "\"") { continue }
      switch bytes[place] | 0x20 {
      case UInt8(ascii: "n"):
        let (second, third, next) = (small(place + 1), small(place + 2), small(place + 3))
        if second == UInt8(ascii: "u"), third == UInt8(ascii: "l") { return true }
        if second == UInt8(ascii: "a"), third == UInt8(ascii: "n"), !letters.contains(next) { return true }
      case UInt8(ascii: "i"):
        let (second, third, next) = (small(place + 1), small(place + 2), small(place + 3))
        guard second == UInt8(ascii: "n"), third == UInt8(ascii: "f") else { continue }
        if next == UInt8(ascii: "i") || !letters.contains(next) { return true }
      default: break
      }
    }
    return false
  }
}
