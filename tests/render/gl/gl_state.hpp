// OpenGL state as another library might leave it.
#pragma once

namespace xiangtu::test {

void spoil_state();
// Whether the state is as MapRenderer promises to leave it, and no error is pending.
bool promised_state();
void clear_blue();

}  // namespace xiangtu::test
