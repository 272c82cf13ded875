import { describeLinuxLvm } from './conformance.ts';

describeLinuxLvm('thick', 'ext4', 'some');
