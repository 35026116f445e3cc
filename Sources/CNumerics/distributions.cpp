// The normal, Student's t, F and the noncentral distributions.
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/non_central_chi_squared.hpp>
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/erf.hpp>

#include "probabilities.hpp"

using namespace cnumerics;
using boost::math::complement;

cn_probability cn_normal_upper(double z) {
  return probability(
      [&] { return boost::math::erfc(static_cast<long double>(z) / std::sqrt(2.0L), policy()) / 2; },
      [&] {
        const long double x = z;
        return log_gamma_upper_tail(0.5L, x * x / 2) - std::log(2.0L);
      });
}

double cn_normal_upper_quantile(double q) {
  return value([&] { return std::sqrt(2.0L) * boost::math::erfc_inv(2 * static_cast<long double>(q), policy()); });
}

cn_probability cn_student_upper(double t, double degrees) {
  if (std::isnan(t) || !(degrees > 0)) return {undefined, undefined};
  if (t < 0) {
    const cn_probability above = cn_student_upper(-t, degrees);
    const long double p = 1 - static_cast<long double>(above.p);
    return {static_cast<double>(p), static_cast<double>(std::log10(p))};
  }
  if (std::isinf(t)) return {0, -std::numeric_limits<double>::infinity()};
  if (std::isinf(degrees)) return cn_normal_upper(t);
  const long double square = static_cast<long double>(t) * t, sum = degrees + square;
  return probability(
      [&] { return cdf(complement(boost::math::students_t_distribution<long double, policy>(degrees), t)); },
      [&] { return log_beta_lower_tail(degrees / 2.0L, 0.5L, degrees / sum, square / sum) - std::log(2.0L); });
}

double cn_student_upper_quantile(double q, double degrees) {
  if (std::isinf(degrees)) return cn_normal_upper_quantile(q);
  return value([&] {
    return quantile(complement(boost::math::students_t_distribution<long double, policy>(degrees), q));
  });
}

double cn_noncentral_student_lower(double t, double degrees, double noncentrality) {
  return value([&] {
    return cdf(boost::math::non_central_t_distribution<double, policy>(degrees, noncentrality), t);
  });
}

double cn_noncentral_student_upper(double t, double degrees, double noncentrality) {
  return value([&] {
    return cdf(complement(boost::math::non_central_t_distribution<double, policy>(degrees, noncentrality), t));
  });
}

double cn_noncentral_chi_squared_upper(double x, double degrees, double noncentrality) {
  return value([&] {
    return cdf(
        complement(boost::math::non_central_chi_squared_distribution<double, policy>(degrees, noncentrality), x));
  });
}

cn_probability cn_fisher_upper(double f, double numerator, double denominator) {
  if (std::isnan(f) || !(numerator > 0) || !(denominator > 0)) return {undefined, undefined};
  if (f <= 0) return {1, 0};
  if (std::isinf(f)) return {0, -std::numeric_limits<double>::infinity()};
  const long double above = static_cast<long double>(numerator) * f, sum = denominator + above;
  return cn_beta_lower(denominator / 2, numerator / 2, static_cast<double>(denominator / sum),
                       static_cast<double>(above / sum));
}
