import Scan

// An image that is accepted must be usable: it answers, it merges with itself, and its own image is read again.

func readKLL(_ bytes: [UInt8]) throws(ScanError) {
  let sketch = try KLLSketch(serialized: bytes)
  _ = sketch.quantiles(at: [0, 0.5, 1])
  _ = sketch.rank(of: 1)
  _ = sketch.bounds(ofQuantileAt: 0.5)
  var merged = sketch
  merged.merge(sketch)
  require(merged.count == 2 * sketch.count, "values were lost")
  require((try? KLLSketch(serialized: sketch.serialized()))?.count == sketch.count, "its own image is not read")
}

func readHyperLogLog(_ bytes: [UInt8]) throws(ScanError) {
  let sketch = try HyperLogLog(serialized: bytes)
  require(sketch.bounds(standardErrors: 2).contains(sketch.estimate), "the estimate is out of its bounds")
  var merged = sketch
  merged.merge(sketch)
  _ = merged.estimate
  require((try? HyperLogLog(serialized: sketch.serialized())) == sketch, "its own image is not read")
}

func readFrequentItems(_ bytes: [UInt8]) throws(ScanError) {
  let sketch = try FrequentItems(serialized: bytes)
  _ = sketch.frequentItems(.noFalsePositives)
  var merged = sketch
  merged.merge(sketch)
  require(merged.totalWeight == 2 * sketch.totalWeight, "weight was lost")
  require(
    (try? FrequentItems(serialized: sketch.serialized()))?.totalWeight == sketch.totalWeight,
    "its own image is not read")
}
