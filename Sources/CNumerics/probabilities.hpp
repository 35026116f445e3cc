// What the files of this target share: how a tail becomes a double and a logarithm, and that nothing is thrown.
#pragma once

#include <boost/math/policies/policy.hpp>
#include <cmath>
#include <limits>

#include "include/cnumerics.h"

namespace cnumerics {

// Outside its domain, and where a series does not converge, a function answers NaN or its limit instead of throwing.
using policy = boost::math::policies::policy<
    boost::math::policies::domain_error<boost::math::policies::ignore_error>,
    boost::math::policies::pole_error<boost::math::policies::ignore_error>,
    boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::underflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::denorm_error<boost::math::policies::ignore_error>,
    boost::math::policies::evaluation_error<boost::math::policies::ignore_error>,
    boost::math::policies::rounding_error<boost::math::policies::ignore_error>,
    boost::math::policies::indeterminate_result_error<boost::math::policies::ignore_error>>;

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

// The tails are computed as long doubles, whose range reaches far below that of doubles. Where even they underflow,
// or lose digits on their way there, the logarithm comes from a continued fraction.
constexpr long double tiny = 1e-4900L;

template <class Tail, class LogTail>
cn_probability probability(Tail tail, LogTail log_tail) noexcept {
  try {
    long double p = tail();
    if (std::isnan(p)) return {undefined, undefined};
    if (p > 1) p = 1;
    if (p < 0) p = 0;
    if (p > tiny) return {static_cast<double>(p), static_cast<double>(std::log10(p))};
    return {0, static_cast<double>(log_tail() / std::log(10.0L))};
  } catch (...) {
    return {undefined, undefined};
  }
}

template <class Value>
double value(Value compute) noexcept {
  try {
    return static_cast<double>(compute());
  } catch (...) {
    return undefined;
  }
}

// ln Q(a, x) for x well above a, and ln I_x(a, b) for x well below its mean.
long double log_gamma_upper_tail(long double a, long double x);
long double log_beta_lower_tail(long double a, long double b, long double x, long double y);

}  // namespace cnumerics
