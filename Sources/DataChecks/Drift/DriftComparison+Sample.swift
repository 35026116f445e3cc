internal import Language
internal import Scan
internal import Statistics
internal import Verdict

extension DriftComparison {
  /// Compares which values there are where they are too many to be counted one by one: buckets of hashes hide that those
  /// who come take the places of those who go.
  ///
  /// Both samples hold the values of the least hashes, whichever they are, with all of their rows. So what they tell of is
  /// one population on both sides, if nothing has changed, and a part of it that chance has chosen. That part is too small
  /// to show that nothing has changed.
  mutating func compareSampled(_ subject: String, _ sample: DriftSample, lackedBy other: DriftSample) {
    guard let mine = sample.summary.valueSample, let theirs = other.summary.valueSample else { return }
    let unseen = mine.unseen(by: theirs)
    let (here, there) = (unseen.mine, unseen.theirs)
    guard here.rows > 0, there.rows > 0 else { return }
    // In rows that are worth as much as those of other values would be.
    func worth(_ mass: BottomKSample.Mass) -> (all: Int, each: Double) {
      let all = max(1, mass.effectiveRows(sampled: unseen.sampled))
      return (Int(all), all / Double(mass.rows))
    }
    let (new, old) = (worth(here), worth(there))
    let seenOnce = min(old.all, Int((Double(unseen.seenOnce) * old.each).rounded(.up)))
    let occurrences = min(new.all, Int((Double(unseen.occurrences) * new.each).rounded()))
    let (terms, isHidden) = (terms, isHidden)
    add(subject) { () throws(Undefined) in
      let mass = try UnseenMass(
        seenOnce: seenOnce, of: old.all, unseen: occurrences, of: new.all,
        confidence: terms.confidence)
      var part = DriftPart(
        subject, "excess of \(subject) in a sample of them", mass, limit: terms.unseenLimit, at: terms.unseen?.location)
      part.isSilent = true
      if unseen.occurrences > 0, !isHidden {
        let share = Quantity.brief(Double(unseen.occurrences) / Double(here.rows) * 100, digits: 3)
        part.notes = ["\(subject): \(share)% of the rows of the values that were looked at"]
      }
      return part
    }
  }
}
