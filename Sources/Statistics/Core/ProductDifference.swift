/// a b - c d, to the last digit also where the two products nearly cancel.
///
/// Jeannerod, Louvet and Muller, "Further analysis of Kahan's algorithm for the accurate computation of 2 x 2
/// determinants", Mathematics of Computation 82 (2013).
func productDifference(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
  let product = c * d
  let error = product.addingProduct(-c, d)
  return (-product).addingProduct(a, b) + error
}
