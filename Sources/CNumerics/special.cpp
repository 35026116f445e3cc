// The incomplete beta and gamma functions.
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "probabilities.hpp"

using namespace cnumerics;

namespace {

// Boost's functions take x alone; near 1 the complement y holds the digits that x has lost.
template <class Below, class Above>
long double beta(double a, double b, double x, double y, Below below, Above above) {
  if (!(x >= 0) || !(y >= 0) || !(a > 0) || !(b > 0)) return undefined;
  if (x <= y) return below(static_cast<long double>(a), static_cast<long double>(b), static_cast<long double>(x));
  return above(static_cast<long double>(b), static_cast<long double>(a), static_cast<long double>(y));
}

}  // namespace

double cn_log_gamma(double x) {
  return value([&] { return boost::math::lgamma(static_cast<long double>(x), policy()); });
}

double cn_log_beta(double a, double b) {
  return value([&] {
    const long double first = a, second = b;
    return boost::math::lgamma(first, policy()) + boost::math::lgamma(second, policy()) -
           boost::math::lgamma(first + second, policy());
  });
}

cn_probability cn_beta_lower(double a, double b, double x, double y) {
  return probability(
      [&] {
        return beta(
            a, b, x, y, [](auto p, auto q, auto z) { return boost::math::ibeta(p, q, z, policy()); },
            [](auto p, auto q, auto z) { return boost::math::ibetac(p, q, z, policy()); });
      },
      [&] { return log_beta_lower_tail(a, b, x, y); });
}

cn_probability cn_beta_upper(double a, double b, double x, double y) { return cn_beta_lower(b, a, y, x); }

double cn_beta_lower_quantile(double a, double b, double p) {
  return value([&] {
    return boost::math::ibeta_inv(static_cast<long double>(a), static_cast<long double>(b),
                                  static_cast<long double>(p), policy());
  });
}

double cn_beta_upper_quantile(double a, double b, double q) {
  return value([&] {
    return boost::math::ibetac_inv(static_cast<long double>(a), static_cast<long double>(b),
                                   static_cast<long double>(q), policy());
  });
}

cn_probability cn_gamma_lower(double a, double x) {
  return probability(
      [&] { return boost::math::gamma_p(static_cast<long double>(a), static_cast<long double>(x), policy()); },
      // Far below its mean P(a, x) is its first term, to the last digit.
      [&]() -> long double {
        return a * std::log(static_cast<long double>(x)) - x - cn_log_gamma(a + 1);
      });
}

cn_probability cn_gamma_upper(double a, double x) {
  return probability(
      [&] { return boost::math::gamma_q(static_cast<long double>(a), static_cast<long double>(x), policy()); },
      [&] { return log_gamma_upper_tail(a, x); });
}

double cn_gamma_lower_quantile(double a, double p) {
  return value([&] {
    return boost::math::gamma_p_inv(static_cast<long double>(a), static_cast<long double>(p), policy());
  });
}

double cn_gamma_upper_quantile(double a, double q) {
  return value([&] {
    return boost::math::gamma_q_inv(static_cast<long double>(a), static_cast<long double>(q), policy());
  });
}
