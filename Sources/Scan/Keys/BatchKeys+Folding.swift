/// Of keys that come again and again in a batch, a record for each: what is heavy costs no more than what comes once.
extension BatchKeys {
  /// Which keys are kept of a batch, by their places in it.
  struct Folded {
    /// The first of equal keys, and as many of the others as were asked for, in the order of the rows.
    private(set) var kept: [Int] = []
    /// For each that is kept how many others equal it and are not. They come after all repeats that are kept.
    private(set) var further: [Int] = []
    /// How many of those that are kept repeat another one.
    fileprivate(set) var repeats = 0

    fileprivate mutating func keep(_ key: Int) {
      kept.append(key)
      further.append(0)
    }

    fileprivate mutating func leaveOut(one place: Int) { further[place] += 1 }
  }

  /// So many keys tell whether there are equal ones worth looking for.
  private static let tried = 1024

  /// The keys with a record for equal ones; nil when few are equal, which takes no look at most of them.
  ///
  /// - Parameter limit: so many keys that repeat an earlier one are kept, the first ones of the batch.
  func folded(keeping limit: Int) -> Folded? {
    let span = bytes.span
    var table = KeyTable()
    var folded = Folded()
    // Where among those that are kept the first of equal keys is.
    var firsts: [Int] = []
    var (start, repeats) = (0, 0)
    for key in ends.indices {
      let end = Int(ends[key])
      let (index, isNew) = table.insert(span.extracting(start..<end))
      start = end
      if isNew {
        firsts.append(folded.kept.count)
        folded.keep(key)
      } else {
        repeats += 1
        if repeats <= limit {
          folded.keep(key)
          folded.repeats = repeats
        } else {
          folded.leaveOut(one: firsts[index])
        }
      }
      if key == Self.tried, repeats * 8 < Self.tried { return nil }
    }
    return repeats > limit ? folded : nil
  }

  /// The different keys, each with its first row; all of them when few are equal.
  var distinct: BatchKeys {
    guard let folded = folded(keeping: 0) else { return self }
    var distinct = BatchKeys()
    for key in folded.kept { distinct.append(self, key) }
    return distinct
  }

  /// The keys of a group as records with it, and with how many further rows have them where equal keys may share one
  /// (`KeyRecord.row`, `KeyRecord.groupCounted`), behind those of other groups.
  func append(in group: RowGroup, isFolded: Bool, to records: inout BatchKeys) {
    let folded = isFolded ? folded(keeping: ViolationSummary.sampleLimit) : nil
    for (place, key) in (folded?.kept ?? Array(ends.indices)).enumerated() {
      records.append(self, key, of: group, further: isFolded ? folded?.further[place] ?? 0 : nil)
    }
  }

  /// The keys as records that say how many further rows have them (`KeyRecord.counted`).
  ///
  /// - Parameters:
  ///   - isFolded: whether equal keys may share a record. The first of those that repeat an earlier one keep their own,
  ///     as many as anybody is shown: what is left out comes after them.
  ///   - repeats: how many of these earlier batches of the chunk have kept, to which those of this one are added.
  func counted(isFolded: Bool, after repeats: inout Int) -> BatchKeys {
    var counted = BatchKeys()
    if isFolded, let folded = folded(keeping: max(0, ViolationSummary.sampleLimit - repeats)) {
      for (key, further) in zip(folded.kept, folded.further) { counted.append(self, key, further: further) }
      repeats += folded.repeats
    } else {
      counted.reserve(bytes.count + ends.count, ends.count)
      for key in ends.indices { counted.append(self, key, further: 0) }
    }
    return counted
  }
}
