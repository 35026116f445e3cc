#ifndef CUPEL_CLIBXML2_SHIM_H
#define CUPEL_CLIBXML2_SHIM_H

// Debian's headers include those of ICU, whose types have the names of Foundation's own ICU: a compiler that loads both
// may refuse to build. Only pointers to the one struct that has fewer members without them are ever passed.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>
#include <libxml/xmlwriter.h>

#endif
