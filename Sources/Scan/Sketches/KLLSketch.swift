/// Quantiles of any number of doubles in a few kilobytes: the sketch of Karnin, Lang and Liberty, "Optimal quantile
/// approximation in streams" (2016), as Apache DataSketches lays it out.
///
/// A value of level h stands for 2^h values. A level that is too full is compacted: of its sorted values every other
/// one, from the first or the second on by a coin, moves a level up. Levels have a capacity of k at the top and of two
/// thirds of the next above below it, at least 8. Up to max(k, 512) values nothing is lost.
///
/// Values first come to a base, which is much larger than a low level has to be, and so is sorted seldom; the image
/// for others is compacted to the capacities. When many values have come, the base is fed from groups of 64 that a
/// sorting network orders: of each group every s-th value goes on, from an even random offset, and stands for s. A group
/// misplaces a rank by less than s, without bias, so with a variance of at most s² / 4, and the n / 64 groups of all
/// values together of n · s² / 256. The stride s is 2, 4, 8 and so on up to 64 once n is k² s² / 64: so the standard
/// error that this adds is at most 1 / (2 k) of n, 0.25 % for k = 200, where the bound with a confidence of 99 % is
/// 1.33 %, and less with every value that comes.
///
/// The sketch of a chunk takes n as if all chunks before it had as many values as itself. Chunks that are much alike add
/// even less then, at most 1 / (2.8 k). Where they are not, what was added is known, and part of the error.
///
/// Coins come from a counter and the values, never from the system: equal sketches of equal values are equal.
package struct KLLSketch: Sendable, Equatable {
  /// The accuracy: the rank error is about 2.3 / k^0.97.
  package let k: Int
  /// The least k of all sketches that were merged into this one.
  private(set) var leastK: Int
  /// How many values came.
  package private(set) var count = 0
  /// The values that are kept, by level; sorted. A value of level h stands for 2^h.
  private(set) var levels = Self.noLevels
  /// Shared by all that are empty.
  private static let noLevels: [[Double]] = [[]]
  /// Values that stand for 2^baseLevel, in no order.
  private(set) var base: [Double] = []
  private(set) var baseLevel = 0
  /// At most the variance of a rank that thinning has added.
  private(set) var thinned = 0.0
  /// How many chunks come before that of the values.
  private var earlierChunks = 0
  /// The last values, each for itself; fewer than a block.
  private(set) var block: [Double] = []
  private var least = Double.infinity
  private var greatest = -Double.infinity
  private var coins: CoinFlips

  static let kRange = 8...65535
  static let leastCapacity = 8
  private static let baseCapacity = 512
  /// Of a group one value is left.
  private static let highestBase = SortingNetwork.groupSize.trailingZeroBitCount

  /// - Parameters:
  ///   - k: 8 to 65535; 200 has a rank error of 1.33 % with a confidence of 99 %.
  ///   - seed: The seed of all coins.
  package init(k: Int = 200, seed: UInt64 = 0) {
    precondition(Self.kRange.contains(k), "k is 8 to 65535")
    self.k = k
    leastK = k
    coins = CoinFlips(seed: seed)
  }

  /// A sketch from the levels of an image.
  init(k: Int, leastK: Int, count: Int, levels: [[Double]], range: ClosedRange<Double>, seed: UInt64) {
    self.init(k: k, seed: seed)
    self.leastK = leastK
    self.count = count
    self.levels = levels
    least = range.lowerBound
    greatest = range.upperBound
  }

  package var isEmpty: Bool { count == 0 }
  /// The least value, exactly; nil when there is none.
  package var minimum: Double? { isEmpty ? nil : least }
  /// The greatest value, exactly; nil when there is none.
  package var maximum: Double? { isEmpty ? nil : greatest }
  /// Whether every value is still there.
  package var isExact: Bool { baseLevel == 0 && levels.count == 1 }

  /// The memory that the sketch holds, in bytes.
  var footprint: Int {
    levels.reduce(Footprint.of(levels) + Footprint.of(base) + Footprint.of(block)) { $0 + Footprint.of($1) }
  }

  // MARK: - Updating

  /// - Parameter chunk: which chunk of the table the numbers are of.
  package mutating func update(_ numbers: Numbers, chunk: Int = 0) {
    guard !numbers.values.isEmpty else { return }
    earlierChunks = chunk
    extendRange(numbers.values)
    let rows = numbers.rowCount
    if let counts = numbers.counts {
      add(numbers.values, counts, rows: rows)
    } else {
      count += rows
      add(numbers.values)
    }
  }

  /// Takes in values each of which comes many times. A count is a sum of powers of two, and a value that comes 2^h times
  /// is one value of level h: nothing is lost by that.
  private mutating func add(_ values: [Double], _ counts: [Int], rows: Int) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    count += rows
    if count <= max(Self.baseCapacity, k) {
      return add(order.flatMap { repeatElement(values[$0], count: counts[$0]) })
    }
    coins.stir(order.map { values[$0] }[...])
    let bits = counts.reduce(0, |)
    for level in 0..<(Int.bitWidth - bits.leadingZeroBitCount) where bits >> level & 1 == 1 {
      merge(order.compactMap { counts[$0] >> level & 1 == 1 ? values[$0] : nil }, into: level)
    }
    compress()
  }

  private mutating func extendRange(_ values: [Double]) {
    values.withUnsafeBufferPointer { values in
      var low = SIMD8<Double>(repeating: least)
      var high = SIMD8<Double>(repeating: greatest)
      values.forEachPaddedVector { next in
        low.replace(with: next, where: next .< low)
        high.replace(with: next, where: next .> high)
      }
      least = low.min()
      greatest = high.max()
    }
  }

  /// Takes in values that `count` has already.
  private mutating func add(_ values: [Double]) {
    var index = 0
    while index < values.count {
      if block.isEmpty, values.count - index >= SortingNetwork.blockSize {
        add(block: values[index..<index + SortingNetwork.blockSize])
        index += SortingNetwork.blockSize
        continue
      }
      let room = min(SortingNetwork.blockSize - block.count, values.count - index)
      block.append(contentsOf: values[index..<index + room])
      index += room
      guard block.count == SortingNetwork.blockSize else { return }
      let full = block
      block.removeAll(keepingCapacity: true)
      add(block: full[...])
    }
  }

  private mutating func add(block values: ArraySlice<Double>) {
    coins.stir(values)
    raiseBase()
    if baseLevel == 0 {
      base.append(contentsOf: values)
    } else {
      SortingNetwork.thin(values, stride: 1 << baseLevel, draws: coins.next(), into: &base)
      let groups = SortingNetwork.blockSize / SortingNetwork.groupSize
      thinned += Double(groups << (2 * baseLevel)) / 4
    }
    if base.count >= max(Self.baseCapacity, k) { compactBase() }
  }

  /// Lets the base stand for more values each, once there are enough of them.
  private mutating func raiseBase() {
    var level = baseLevel
    let expected = count.multipliedReportingOverflow(by: earlierChunks + 1).partialValue
    while level < Self.highestBase, expected >= (k * k / SortingNetwork.groupSize) << (2 * (level + 1)) { level += 1 }
    guard level > baseLevel else { return }
    settleBase()
    baseLevel = level
  }

  /// Moves the base into its level as it is.
  private mutating func settleBase() {
    guard !base.isEmpty else { return }
    SortingNetwork.sort(&base)
    merge(base, into: baseLevel)
    base.removeAll(keepingCapacity: true)
    compress()
  }

  /// Moves half of the base up a level.
  private mutating func compactBase() {
    SortingNetwork.sort(&base)
    var odd: Double?
    if base.count % 2 == 1 { odd = base.removeLast() }
    merge(half(base), into: baseLevel + 1)
    base.removeAll(keepingCapacity: true)
    if let odd { base.append(odd) }
    compress()
  }

  // MARK: - Compacting

  /// Every other value of an even number, the first or the second of each pair by a coin.
  private mutating func half(_ values: [Double]) -> [Double] {
    let offset = Int(coins.next() >> 63)
    return [Double](unsafeUninitializedCapacity: values.count / 2) { half, count in
      // Safe because: twice a place below half the count, and one more, is below the count.
      values.withUnsafeBufferPointer { values in
        for index in 0..<values.count / 2 { half.initializeElement(at: index, to: values[2 * index + offset]) }
      }
      count = values.count / 2
    }
  }

  /// Compacts until no more is kept than k allows.
  private mutating func compress() {
    var kept = levels.reduce(0) { $0 + $1.count }
    while kept > Self.capacity(k: k, levels: levels.count) {
      guard let level = levels.indices.first(where: { levels[$0].count >= capacity(of: $0) }) else { return }
      var values = levels[level]
      // The last value stays when it has no pair.
      levels[level] = values.count % 2 == 1 ? [values.removeLast()] : []
      kept -= values.count / 2
      merge(half(values), into: level + 1)
    }
  }

  private mutating func merge(_ sorted: [Double], into level: Int) {
    while levels.count <= level { levels.append([]) }
    levels[level] = Self.merged(levels[level], sorted)
  }

  private static func merged(_ first: [Double], _ second: [Double]) -> [Double] {
    if first.isEmpty { return second }
    if second.isEmpty { return first }
    return SortingNetwork.merge(first, second)
  }

  private func capacity(of level: Int) -> Int { Self.capacity(k: k, depth: levels.count - level - 1) }

  /// How many values all levels together may keep.
  static func capacity(k: Int, levels: Int) -> Int {
    (0..<levels).reduce(0) { $0 + capacity(k: k, depth: $1) }
  }

  /// k · (2/3)^depth, rounded, at least 8.
  static func capacity(k: Int, depth: Int) -> Int {
    var numerator = 2 * k
    var denominator = 1
    for _ in 0..<min(depth, 30) {
      numerator *= 2
      denominator *= 3
    }
    return max(leastCapacity, (numerator / denominator + 1) / 2)
  }

  // MARK: - Merging

  /// Adds the values of another sketch, which may have another k.
  package mutating func merge(_ other: KLLSketch) {
    if other.isEmpty { return }
    count += other.count
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
    coins.merge(other.coins)
    thinned += other.thinned
    if !other.isExact { leastK = min(leastK, other.leastK) }
    for (level, values) in other.levels.enumerated() where !values.isEmpty { merge(values, into: level) }
    if baseLevel == other.baseLevel {
      base.append(contentsOf: other.base)
      if base.count >= max(Self.baseCapacity, k) { compactBase() }
    } else if other.baseLevel < baseLevel {
      merge(other.base.sorted(), into: other.baseLevel)
    } else {
      settleBase()
      base = other.base
      baseLevel = other.baseLevel
    }
    add(other.block)
    compress()
  }

  /// The same sketch with every value in its level and no more of them than k allows.
  func settled() -> KLLSketch {
    var settled = self
    settled.settleBase()
    settled.baseLevel = 0
    settled.merge(settled.block.sorted(), into: 0)
    settled.block = []
    settled.compress()
    return settled
  }
}

/// Coins from a counter that the values stir, so that sketches of different values do not share their coins, and errors
/// do not add up when they are merged.
struct CoinFlips: Sendable, Equatable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// 64 coins.
  mutating func next() -> UInt64 {
    state &+= SplitMix64.step
    return SplitMix64.mix(state)
  }

  /// Lets some of the values decide on the coins to come.
  mutating func stir(_ values: ArraySlice<Double>) {
    for index in stride(from: values.startIndex, to: values.endIndex, by: 16) { stir(values[index].bitPattern) }
  }

  /// Goes on from where both have been.
  mutating func merge(_ other: CoinFlips) { stir(other.state) }

  private mutating func stir(_ word: UInt64) {
    state = (state ^ word) &* 0xD6E8_FEB8_6659_FD93
    state ^= state >> 32
  }
}
