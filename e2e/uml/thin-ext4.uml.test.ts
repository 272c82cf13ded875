import { describeLinuxLvm } from './conformance.ts';

describeLinuxLvm('thin', 'ext4', 'all');
