/// The dictionaries as they stand at one point of a file or stream.
struct ArrowDictionaries: Sendable {
  private(set) var byID: [Int64: ArrowDictionary] = [:]
  /// Those that the columns need; others are not kept.
  var needed: Set<Int64> = []
  private let fields: [Int64: ArrowField]

  init(_ schema: ArrowSchema) {
    var fields: [Int64: ArrowField] = [:]
    func collect(_ field: ArrowField) {
      if let dictionary = field.dictionary { fields[dictionary.id] = field.valueField }
      for child in field.children { collect(child) }
    }
    for field in schema.fields { collect(field) }
    self.fields = fields
  }

  /// Takes in the values of a message: more of them, or new ones in place of those before.
  mutating func update(
    _ id: Int64, isDelta: Bool, _ batch: ArrowRecordBatch, _ storage: ArrowBody.Storage, length: Int
  ) throws(ArrowFault) {
    // One of a type that is not read is left out too.
    guard needed.contains(id), let field = fields[id] else { return }
    if case .unsupported = field.storedType { return }
    let slots = try ArrowSlot.slots(of: [field], in: batch)
    var loader = ArrowLoader(body: ArrowBody(storage, length: length, of: batch), dictionaries: byID)
    loader.maximumTextBytes = ArrowLoader.maximumDictionaryBytes
    let values = try loader.load(slots[0], 0..<batch.rowCount)
    if isDelta, let dictionary = byID[id] {
      byID[id] = try dictionary.appending(values)
    } else {
      byID[id] = try ArrowDictionary(values)
    }
  }
}
