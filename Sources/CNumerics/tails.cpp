// Logarithms of tails that no floating point number can hold, by continued fractions.
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "probabilities.hpp"

namespace cnumerics {
namespace {

// Lentz's method as modified by Thompson and Barnett (1986): the value of b0 + a1/(b1 + a2/(b2 + …)).
template <class Term>
long double continued_fraction(long double b0, Term term) {
  constexpr long double smallest = 1e-4000L;
  long double f = b0 == 0 ? smallest : b0, c = f, d = 0;
  for (int n = 1; n < 100000; n++) {
    auto [a, b] = term(n);
    d = b + a * d;
    if (d == 0) d = smallest;
    c = b + a / c;
    if (c == 0) c = smallest;
    d = 1 / d;
    const long double step = c * d;
    f *= step;
    if (std::fabs(step - 1) < 4 * std::numeric_limits<long double>::epsilon()) break;
  }
  return f;
}

struct term {
  long double a, b;
};

}  // namespace

// DLMF 8.9.2: Q(a, x) gamma(a) = x^a e^-x / (x + 1 - a - 1(1-a)/(x + 3 - a - …)).
long double log_gamma_upper_tail(long double a, long double x) {
  if (std::isinf(x)) return -std::numeric_limits<long double>::infinity();
  const long double fraction = continued_fraction(x + 1 - a, [&](int n) -> term {
    return {-n * (n - a), x + 2 * n + 1 - a};
  });
  return a * std::log(x) - x - boost::math::lgamma(a, policy()) - std::log(fraction);
}

// DLMF 8.17.22: I_x(a, b) = x^a (1-x)^b / (a B(a, b)) / (1 + d1/(1 + d2/(1 + …))).
long double log_beta_lower_tail(long double a, long double b, long double x, long double y) {
  if (x == 0) return -std::numeric_limits<long double>::infinity();
  const long double fraction = continued_fraction(1, [&](int n) -> term {
    const long double m = n / 2;
    if (n % 2 == 0) return {m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1};
    return {-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1};
  });
  const long double log_beta = boost::math::lgamma(a, policy()) + boost::math::lgamma(b, policy()) -
                               boost::math::lgamma(a + b, policy());
  return a * std::log(x) + b * std::log(y) - std::log(a) - log_beta - std::log(fraction);
}

}  // namespace cnumerics
