/// A digest of a column's values in their order, nulls included: equal columns have equal digests.
///
/// Every value has a 128-bit hash (MurmurHash3); its halves are the coefficients of two polynomials over the field of
/// 2^61 - 1 elements, evaluated at two points. So digests of chunks are put together in file order: the digest of A and
/// B is that of A times the point to the power of B's rows, plus that of B. Two different columns of n rows have equal
/// digests with a probability of about (n / 2^61)^2, for five million rows 2^-77. The points are fixed: that holds for
/// data that was not made to collide.
///
/// Texts of a text file have a second digest, of the values of the type that is declared for them: 2 and 2.0 are one
/// number in two texts.
package struct ColumnDigest: Aggregate {
  private let specification: Specification
  private var written = Polynomials()
  /// Of the values by their type; nil as long as each stands in the one text that it has there.
  private var typed: Polynomials?
  /// How many rows there are, and how many of them have no value.
  package private(set) var rows = 0
  package private(set) var nulls = 0

  package struct Specification: AggregateSpecification {
    package var column: String
    package var type: ValueType?

    package init(_ column: String, as type: ValueType? = nil) {
      self.column = column
      self.type = type
    }

    package var readings: [ColumnReading] { [ColumnReading(column)] }
    package var empty: ColumnDigest { ColumnDigest(self) }
  }

  private init(_ specification: Specification) { self.specification = specification }

  /// What columns have in common that are equal as they are written.
  package var value: [UInt64] { written.values }
  /// What columns of one declared type have in common that are equal by their values.
  package var typedValue: [UInt64] { (typed ?? written).values }

  package mutating func update(_ batch: Batch) {
    guard let (field, values) = batch.stored(specification.column) else { return }
    let type = specification.type.flatMap { field.type.hasManyTexts(of: $0, joinsTypes: false) ? $0 : nil }
    rows += batch.rowCount
    switch values {
    case .texts(let texts): add(texts, as: type) { _ in 0 }
    // The text "1" and the number 1 are different values.
    case .tokens(let texts, let kinds): add(texts, as: type) { UInt64(kinds[$0]) }
    case .integers(let column): add(column) { Murmur3.hash(UInt64(bitPattern: $0)) }
    case .numbers(let column): add(column) { Murmur3.hash($0) }
    }
  }

  private mutating func add(_ texts: TextColumn, as type: ValueType?, _ salt: (Int) -> UInt64) {
    let entries = texts.dictionary
    let hashes = Murmur3.hashes(CountedTexts(entries))
    var typedHashes = hashes
    if let type {
      let rewritten = CanonicalText.rewritten(entries, as: type)
      // What is written otherwise is put behind the bytes that were there.
      if rewritten.bytes.count > entries.bytes.count {
        typedHashes = Murmur3.hashes(CountedTexts(rewritten))
        typed = typed ?? written
      }
    }
    for row in 0..<texts.rowCount {
      let entry = texts.codes.map { Int($0[row]) } ?? row
      guard entry >= 0, texts.ends[entry] >= 0 else {
        addNull()
        continue
      }
      let salt = salt(row)
      written.append(hashes[entry].salted(salt))
      typed?.append(typedHashes[entry].salted(salt))
    }
  }

  private mutating func add<Value>(_ column: Column<Value>, _ hash: (Value) -> Murmur3.Hash) {
    for row in column.states.indices {
      if column.states[row] == CellState.valid.rawValue { add(hash(column.values[row])) } else { addNull() }
    }
  }

  @inline(__always)
  private mutating func add(_ hash: Murmur3.Hash) {
    written.append(hash)
    typed?.append(hash)
  }

  private mutating func addNull() {
    nulls += 1
    add(Murmur3.Hash(.max, .max))
  }

  package mutating func merge(_ other: ColumnDigest) {
    if typed != nil || other.typed != nil {
      var both = typed ?? written
      both.append(other.typed ?? other.written, rows: other.rows)
      typed = both
    }
    written.append(other.written, rows: other.rows)
    rows += other.rows
    nulls += other.nulls
  }
}

extension Murmur3.Hash {
  fileprivate func salted(_ salt: UInt64) -> Murmur3.Hash { Murmur3.Hash(h1 &+ salt, h2) }
}

/// The two polynomials of a digest.
private struct Polynomials: Sendable {
  private var low = Polynomial(point: 0x1C6E_F372_FE94_F82A & Polynomial.order)
  private var high = Polynomial(point: 0x0A54_FF53_A5F1_D36F & Polynomial.order)

  var values: [UInt64] { [low.value, high.value] }

  @inline(__always)
  mutating func append(_ hash: Murmur3.Hash) {
    low.append(hash.h1)
    high.append(hash.h2)
  }

  /// Appends as many hashes as another one has.
  mutating func append(_ other: Polynomials, rows: Int) {
    low.append(other.low, rows: rows)
    high.append(other.high, rows: rows)
  }
}

/// A polynomial over the integers modulo 2^61 - 1 at one point, whose coefficients come one after another.
private struct Polynomial: Sendable {
  static let order: UInt64 = (1 << 61) - 1

  let point: UInt64
  private(set) var value: UInt64 = 0

  init(point: UInt64) { self.point = point }

  @inline(__always)
  mutating func append(_ coefficient: UInt64) {
    value = Self.reduced(Self.product(value, point) + Self.reduced(coefficient))
  }

  /// Appends as many coefficients as another one has.
  mutating func append(_ other: Polynomial, rows: Int) {
    var (power, base, rest) = (UInt64(1), point, rows)
    while rest > 0 {
      if rest & 1 == 1 { power = Self.product(power, base) }
      base = Self.product(base, base)
      rest >>= 1
    }
    value = Self.reduced(Self.product(value, power) + other.value)
  }

  /// 2^61 is 1 in this field: the bits above are added to those below.
  @inline(__always)
  private static func product(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (high, low) = a.multipliedFullWidth(by: b)
    return reduced((low & order) + (high << 3 | low >> 61))
  }

  /// A number below 2^64 modulo the order.
  @inline(__always)
  private static func reduced(_ number: UInt64) -> UInt64 {
    let folded = (number & order) + (number >> 61)
    return folded >= order ? folded - order : folded
  }
}
