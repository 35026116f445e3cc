/// All that a profile says of one column, in a few kilobytes: counts, moments, quantiles, distinct and frequent values,
/// buckets of hashes, a histogram, lengths and types. See the sketches for what each is and how exact.
///
/// Numbers are summarised wherever a value reads as one: in typed files dates and timestamps too, in their own unit.
/// Distinct and frequent values are those of the text in text files, of the value in typed ones. Where a batch has few
/// different values, each is looked at once and counted.
package struct ColumnSummary: Aggregate {
  package let column: String
  /// What the file says of it; nil, or null, where no value has told.
  package var type: StoredType?
  package internal(set) var rows = 0
  package internal(set) var nulls = 0
  package internal(set) var moments = Moments()
  package internal(set) var quantiles = KLLSketch()
  package internal(set) var histogram = Histogram()
  package internal(set) var distinct = HyperLogLog()
  package internal(set) var frequent = FrequentItems()
  /// Of texts alone: none of numbers, and of a profile that was saved before there were any.
  package internal(set) var buckets = HashBuckets()
  /// Of texts that are too many to be counted each, some by themselves; says nothing unless `areSampled`.
  package internal(set) var sample = BottomKSample(limit: Self.sampleLimit)
  /// The rows of the texts that had a chance to be in the sample.
  var sampledRows = 0
  package internal(set) var lengths = LengthSummary()
  package internal(set) var census = TypeCensus()
  /// What its texts are made of, where somebody looked (`ColumnMakeup`).
  package var makeup: TextMakeup?
  /// Of texts the quantiles of the points in time that they are, in microseconds since 1970. Says nothing unless
  /// `areInstants`.
  package internal(set) var instants = KLLSketch()
  /// A sum of the hashes of all values: equal for equal values in any order, different for all others but by chance.
  package internal(set) var digest = Murmur3.Hash(0, 0)

  package struct Specification: AggregateSpecification {
    package var column: String

    package init(_ column: String) { self.column = column }
    package var readings: [ColumnReading] { [ColumnReading(column)] }
    package var empty: ColumnSummary { ColumnSummary(column) }
    package var beginsWithChunk: Bool { true }
  }

  package init(_ column: String) { self.column = column }

  /// A column of a type that has no value in any of some rows.
  package init(_ column: String, as type: StoredType, nulls: Int) {
    (self.column, self.type, rows, self.nulls) = (column, type, nulls, nulls)
  }

  /// Whether all values so far are texts that are dates or points in time.
  package var areInstants: Bool { instants.count == rows - nulls }

  /// As many texts stay in the sample, at 16 bytes each.
  static let sampleLimit = 512

  /// Whether all values were summarised as numbers.
  package var areNumbers: Bool {
    moments.count + moments.nanCount + moments.positiveInfinityCount + moments.negativeInfinityCount == rows - nulls
  }

  /// Whether the sample is one of all values: not in profiles of earlier versions.
  package var areSampled: Bool { sampledRows > 0 && sampledRows == rows - nulls }

  /// Some of the values by themselves, or all of them; nil where they are not known.
  package var valueSample: BottomKSample? {
    guard frequent.isExact else { return areSampled ? sample : nil }
    var all = BottomKSample(limit: Self.sampleLimit)
    all.add(frequent.hashedCounts)
    return all
  }

  package mutating func update(_ batch: Batch) {
    guard let (field, values) = batch.stored(column) else { return }
    type = field.type
    let mayBeInstants = areInstants
    rows += batch.rowCount
    // What the other chunks count is merged into the first.
    if batch.chunk > 0 { distinct.forgetHistory() }
    switch values {
    case .texts(let texts):
      add(texts, batch, holdsNumbers: field.type.mayHoldNumbers, mayBeInstants)
    case .tokens(let texts, let kinds):
      let present = Set(kinds).subtracting([TokenKind.null.rawValue])
      add(texts, batch, holdsNumbers: present == [TokenKind.number.rawValue], mayBeInstants)
      // Beside numbers there are other values, whose text may look like one.
      if present.count > 1, present.contains(TokenKind.number.rawValue),
        case .number(let numbers) = values.read(field.type, as: .number)
      {
        add(Numbers(numbers) { values.integers(field.type) }, batch)
      }
    case .numbers(let column):
      let numbers = Numbers(column)
      let words = CountedWords(numbers.values)
      add(numbers.counted(words), batch)
      add(CountedTexts(words))
      nulls += batch.rowCount - numbers.rowCount - numbers.nanCount
    case .integers(let column):
      let words = CountedWords(column)
      add(Numbers(integers: words, isSigned: field.type != .integer(bits: 64, isSigned: false)), batch)
      add(CountedTexts(words))
      nulls += batch.rowCount - words.rowCount
    }
  }

  private mutating func add(_ column: TextColumn, _ batch: Batch, holdsNumbers: Bool, _ mayBeInstants: Bool) {
    let texts = CountedTexts(column.coded())
    let wasExact = frequent.isExact
    let counted =
      wasExact && frequent.mayLose(texts.ends.count, bytes: texts.bytes.count) ? frequent.hashedCounts : []
    let survey = add(texts)
    buckets.update(texts, survey.hashes)
    let present = texts.counts == nil ? Int(survey.lengths.reduce(0, +)) : texts.rowCount
    nulls += batch.rowCount - present
    if !frequent.isExact {
      if wasExact { addToSample(counted) }
      sample.add(texts, survey.hashes)
      sampledRows += present
    }
    lengths.update(texts, survey)
    if mayBeInstants, let found = CountedInstants(texts) {
      instants.update(found.numbers, chunk: batch.chunk)
      // Such texts are nothing else.
      if let dates = found.dates { return census.count(dates: dates, timestamps: found.numbers.rowCount - dates) }
    }
    // A check may have read the same numbers. Where other values stand beside them its reading leaves those out.
    let known =
      texts.counts == nil && holdsNumbers ? batch.derived[ColumnReading(self.column, as: .number)] : nil
    let numbers = if case .number(let column)? = known { column } else { texts.numbers() }
    census.update(texts, numbers)
    if holdsNumbers { add(Numbers(numbers, counts: texts.counts) { texts.integers() }, batch) }
  }

  private mutating func addToSample(_ counted: [(UInt64, Int64)]) {
    sample.add(counted)
    sampledRows += counted.reduce(0) { $0 + Int($1.1) }
  }

  private mutating func add(_ numbers: Numbers, _ batch: Batch) {
    moments.update(numbers)
    quantiles.update(numbers, chunk: batch.chunk)
    histogram.update(numbers)
  }

  /// Adds what is different and what is frequent; gives back what it found out of the texts for that.
  @discardableResult
  private mutating func add(_ values: CountedTexts) -> TextSurvey {
    let survey = TextSurvey(values)
    let hashes = survey.hashes
    distinct.update(values, hashes)
    frequent.update(values, hashes)
    if values.counts == nil {
      // What is no value has a hash of zero.
      digest = hashes.reduce(digest) { Murmur3.Hash($0.h1 &+ $1.h1, $0.h2 &+ $1.h2) }
    } else {
      values.forEachPlace { index, count in
        digest.h1 &+= hashes[index].h1 &* UInt64(truncatingIfNeeded: count)
        digest.h2 &+= hashes[index].h2 &* UInt64(truncatingIfNeeded: count)
      }
    }
    return survey
  }

  package var footprint: Int {
    distinct.footprint + frequent.footprint + quantiles.footprint + Footprint.of(lengths.counts)
      + buckets.footprint + sample.footprint + instants.footprint
  }

  package mutating func merge(_ other: ColumnSummary) {
    type = type == nil || type == .null ? other.type ?? type : type
    rows += other.rows
    nulls += other.nulls
    moments.merge(other.moments)
    quantiles.merge(other.quantiles)
    histogram.merge(other.histogram)
    distinct.merge(other.distinct)
    let counted = countsBeforeLoss(beside: other)
    frequent.merge(other.frequent)
    buckets.merge(other.buckets)
    lengths.merge(other.lengths)
    census.merge(other.census)
    mergeSample(other, counted)
    if let theirs = other.makeup { makeup?.merge(theirs) } else { makeup = nil }
    instants.merge(other.instants)
    digest.h1 &+= other.digest.h1
    digest.h2 &+= other.digest.h2
  }

  /// What each of both has counted exactly, where both together may not be; only of texts, for typed numbers have no sample.
  private func countsBeforeLoss(beside other: ColumnSummary) -> [[(UInt64, Int64)]] {
    let areBoth = frequent.isExact && other.frequent.isExact
    guard buckets.total + other.buckets.total > 0,
      !areBoth || frequent.mayLose(other.frequent.itemCount, bytes: 0)
    else { return [] }
    return [frequent, other.frequent].filter(\.isExact).map(\.hashedCounts)
  }

  /// - Parameter counted: what each of both had counted exactly.
  private mutating func mergeSample(_ other: ColumnSummary, _ counted: [[(UInt64, Int64)]]) {
    sample.merge(other.sample)
    sampledRows += other.sampledRows
    guard !frequent.isExact else { return }
    for counts in counted { addToSample(counts) }
  }
}

extension StoredType {
  /// Whether texts of this type may be numbers.
  fileprivate var mayHoldNumbers: Bool {
    switch self {
    case .untyped, .tokens, .decimal: true
    default: false
    }
  }
}

extension StoredType {
  /// Whether its values may be texts that somebody wrote.
  package var mayHoldTexts: Bool {
    switch self {
    case .untyped, .tokens, .text: true
    default: false
    }
  }
}
