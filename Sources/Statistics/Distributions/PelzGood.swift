internal import Glibc

/// The expansion of P(D_n <= x) around the Kolmogorov limit, to order n^-1.5: Pelz and Good, "Approximating the lower
/// tail-areas of the Kolmogorov-Smirnov one-sample statistic", J. Royal Stat. Soc. B 38 (1976).
enum PelzGood {
  static func lower(count: Int, _ x: Double) -> Double {
    let root = Double(count).squareRoot()
    let z = root * x
    let (z2, z4, z6) = (z * z, pow(z, 4), pow(z, 6))
    let p2 = Double.pi * .pi
    if p2 / (8 * z2) > 708 { return 0 }
    let (p4, p6) = (p2 * p2, p2 * p2 * p2)
    var (k0, k1, k2, k3) = (0.0, 0.0, 0.0, 0.0)
    let terms = Int((16 * z / .pi).rounded(.up))
    // Theta series over the odd integers; for the second and third terms also over all integers.
    for k in stride(from: terms, through: 1, by: -1) {
      let m2 = pow(Double(2 * k - 1), 2)
      let (m4, m6) = (m2 * m2, m2 * m2 * m2)
      let weight = exp(-p2 * m2 / (8 * z2))
      k0 += weight
      k1 += weight * (p2 / 4 * m2 - z2)
      k2 += weight * (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * p2 / 4 * m2 + p4 * (1 - 2 * z2) / 16 * m4)
      let third = -30 * z6 - 90 * z4 * z4 + p2 * (135 * z4 - 96 * z6) / 4 * m2
      k3 += weight * (third + p4 * (212 * z4 - 60 * z2) / 16 * m4 + p6 * (5 - 30 * z2) / 64 * m6)
    }
    let (z7, z10) = (z6 * z, z6 * z4)
    k0 /= z
    k1 /= 6 * z4
    k2 /= 72 * z7
    k3 /= 6480 * z10
    for k in stride(from: terms, through: 1, by: -1) {
      let square = p2 * Double(k * k)
      let weight = exp(-square / (2 * z2))
      k2 -= weight * square / (36 * z2 * z)
      k3 += weight * square * (3 * z2 - square) / (216 * z6)
    }
    return (2 * Double.pi).squareRoot() * (k0 + (k1 + (k2 + k3 / root) / root) / root)
  }
}
