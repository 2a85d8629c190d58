// Which threads go first when there are more of them than cores.
#pragma once

namespace xiangtu {

// Lets the threads that draw a window go before this one and before those that it begins from now on. Where
// the system has no priority for a thread, nothing is changed.
void work_in_background();

}  // namespace xiangtu
