// Special functions and distributions, from Boost.Math. Outside its domain every function answers NaN; none throws.
#ifndef CNUMERICS_H
#define CNUMERICS_H

#ifdef __cplusplus
extern "C" {
#endif

// A probability, and its decimal logarithm, which stays exact where the probability is below the smallest double.
typedef struct {
  double p;
  double log10_p;
} cn_probability;

// ln B(a, b) and ln gamma(x).
double cn_log_beta(double a, double b);
double cn_log_gamma(double x);

// The regularised incomplete beta function I_x(a, b), and 1 - I. y is 1 - x, which the caller may know exactly.
cn_probability cn_beta_lower(double a, double b, double x, double y);
cn_probability cn_beta_upper(double a, double b, double x, double y);
// The x of which I_x(a, b) is p, and of which 1 - I is q.
double cn_beta_lower_quantile(double a, double b, double p);
double cn_beta_upper_quantile(double a, double b, double q);

// The regularised incomplete gamma functions P(a, x) and Q(a, x).
cn_probability cn_gamma_lower(double a, double x);
cn_probability cn_gamma_upper(double a, double x);
double cn_gamma_lower_quantile(double a, double p);
double cn_gamma_upper_quantile(double a, double q);

// The upper tail of the standard normal distribution, and the z above which it has the mass q.
cn_probability cn_normal_upper(double z);
double cn_normal_upper_quantile(double q);

// The upper tail of Student's t; the t above which it has the mass q; the same of the noncentral t.
cn_probability cn_student_upper(double t, double degrees);
double cn_student_upper_quantile(double q, double degrees);
double cn_noncentral_student_lower(double t, double degrees, double noncentrality);
double cn_noncentral_student_upper(double t, double degrees, double noncentrality);

// The noncentral chi-squared distribution's upper tail.
double cn_noncentral_chi_squared_upper(double x, double degrees, double noncentrality);

// The upper tail of Fisher's F.
cn_probability cn_fisher_upper(double f, double numerator, double denominator);

#ifdef __cplusplus
}
#endif

#endif
