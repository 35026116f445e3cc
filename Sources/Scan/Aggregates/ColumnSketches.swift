/// The counts and sketches of the values of one column. See the sketches for what each is and how exact.
///
/// Numbers are summarised wherever a value reads as one: in typed files dates and timestamps too, in their own unit.
/// Distinct and frequent values are those of the text in text files, of the value in typed ones. Where a batch has few
/// different values, each is looked at once and counted.
package struct ColumnSketches: Sendable {
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
  package internal(set) var sample = BottomKSample(limit: ColumnSummary.sampleLimit)
  /// The rows of the texts that had a chance to be in the sample.
  var sampledRows = 0
  package internal(set) var lengths = LengthSummary()
  package internal(set) var census = TypeCensus()
  /// Of texts the quantiles of the points in time that they are, in microseconds since 1970, or of the times of day, since
  /// midnight. Says nothing unless `areInstants` or `areTimesOfDay`.
  package internal(set) var instants = KLLSketch()
  /// A sum of the hashes of all values: equal for equal values in any order, different for all others but by chance.
  package internal(set) var digest = Murmur3.Hash(0, 0)

  init() {}

  /// Of rows none of which has a value.
  init(nulls: Int) { (rows, self.nulls) = (nulls, nulls) }

  /// Whether all values so far are texts that are dates or points in time.
  package var areInstants: Bool { haveInstants && timesOfDay == 0 }
  /// Whether they are texts that are times of day.
  package var areTimesOfDay: Bool { haveInstants && timesOfDay > 0 && timesOfDay == rows - nulls }

  private var haveInstants: Bool { instants.count == rows - nulls }
  private var timesOfDay: Int { census.count(ofFinest: .time) }

  /// Whether all values were summarised as numbers.
  package var areNumbers: Bool {
    moments.count + moments.nanCount + moments.positiveInfinityCount + moments.negativeInfinityCount == rows - nulls
  }

  /// Whether the sample is one of all values: not in profiles of earlier versions.
  package var areSampled: Bool { sampledRows > 0 && sampledRows == rows - nulls }

  /// Some of the values by themselves, or all of them; nil where they are not known.
  package var valueSample: BottomKSample? {
    guard frequent.isExact else { return areSampled ? sample : nil }
    var all = BottomKSample(limit: ColumnSummary.sampleLimit)
    all.add(frequent.hashedCounts)
    return all
  }

  /// Takes in the values of a column of a batch.
  mutating func update(_ values: StoredColumn, of field: Field, in batch: Batch) {
    let mayBeInstants = haveInstants
    rows += batch.rowCount
    // What the other chunks count is merged into the first.
    if batch.chunk > 0 { distinct.forgetHistory() }
    switch values {
    case .texts(let texts):
      add(texts, of: field, batch, holdsNumbers: field.type.mayHoldNumbers, mayBeInstants)
    case .tokens(let texts, let kinds):
      let present = Set(kinds).subtracting([TokenKind.null.rawValue])
      add(texts, of: field, batch, holdsNumbers: present == [TokenKind.number.rawValue], mayBeInstants)
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

  private mutating func add(
    _ column: TextColumn, of field: Field, _ batch: Batch, holdsNumbers: Bool, _ mayBeInstants: Bool
  ) {
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
      texts.counts == nil && holdsNumbers ? batch.derived[ColumnReading(field.name, as: .number)] : nil
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

  var footprint: Int {
    distinct.footprint + frequent.footprint + quantiles.footprint + Footprint.of(lengths.counts)
      + buckets.footprint + sample.footprint + instants.footprint
  }

  mutating func merge(_ other: ColumnSketches) {
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
    instants.merge(other.instants)
    digest.h1 &+= other.digest.h1
    digest.h2 &+= other.digest.h2
  }

  /// What each of both has counted exactly, where both together may not be; only of texts, for typed numbers have no sample.
  private func countsBeforeLoss(beside other: ColumnSketches) -> [[(UInt64, Int64)]] {
    let areBoth = frequent.isExact && other.frequent.isExact
    guard buckets.total + other.buckets.total > 0,
      !areBoth || frequent.mayLose(other.frequent.itemCount, bytes: 0)
    else { return [] }
    return [frequent, other.frequent].filter(\.isExact).map(\.hashedCounts)
  }

  /// - Parameter counted: what each of both had counted exactly.
  private mutating func mergeSample(_ other: ColumnSketches, _ counted: [[(UInt64, Int64)]]) {
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
