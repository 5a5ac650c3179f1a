// What grading_prelude.hpp keeps every graded file from instantiating.
#include <cstdint>
#include <string>
#include <vector>

template class std::basic_string<char>;
template class std::vector<float>;
template class std::vector<std::int64_t>;
