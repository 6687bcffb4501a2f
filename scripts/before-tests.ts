import { ensureHostPackages, FOR_TESTS } from "./host-packages.ts";

ensureHostPackages(FOR_TESTS);
