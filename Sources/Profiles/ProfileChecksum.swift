internal import JSON
internal import Scan

/// What tells whether something of a profile was changed after it was saved: the hash of all that it says, without the
/// white space between.
struct ProfileChecksum {
  private var stream = Murmur3.Stream()
  private var members = 0
  private var elements = 0

  init() {}

  /// Of a profile that was read.
  init(of json: JSONValue) {
    for member in json.objectValue?.members ?? [] where member.key != "checksum" {
      // The text of all columns at once would be as large as the file.
      guard case .array(let elements) = member.value else {
        add(member.key, member.value)
        continue
      }
      begin(member.key)
      for element in elements { addElement(element) }
      endArray()
    }
  }

  var isEmpty: Bool { members == 0 }

  mutating func add(_ key: String, _ value: JSONValue) {
    begin(key)
    add(value)
  }

  /// A member whose value is an array, which comes element by element.
  mutating func begin(_ key: String) {
    add(isEmpty ? "{" : ",")
    add(.string(key))
    add(":")
    (members, elements) = (members + 1, 0)
  }

  mutating func addElement(_ value: JSONValue) {
    add(elements == 0 ? "[" : ",")
    add(value)
    elements += 1
  }

  mutating func endArray() { add(elements == 0 ? "[]" : "]") }

  var text: String {
    var whole = self
    whole.add(isEmpty ? "{}" : "}")
    return Hexadecimal.text(whole.stream.hash.h1) + Hexadecimal.text(whole.stream.hash.h2)
  }

  private mutating func add(_ text: String) { stream.update(Array(text.utf8)) }
  private mutating func add(_ value: JSONValue) { stream.update(JSONWriter.compact.bytes(value)) }
}
